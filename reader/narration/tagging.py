"""Tags of a narration's file: what it says about itself, whoever writes it."""

from __future__ import annotations

from collections.abc import Sequence

from reader.narration.chapters import paragraph_chapters
from reader.narration.model import TimedUtterance
from reader.script import Script
from reader.stitch import Tags


def tags_of(
    script: Script,
    utterances: Sequence[TimedUtterance],
    duration_s: float,
    *,
    voice: str = "",
    gain_steps: int = 0,
    cover: bytes = b"",
    lyrics: bool = False,
) -> Tags:
    """The tags of the narration of `script`, a chapter a paragraph; with `lyrics` every sentence
    is in them with its time."""
    said = ((u.start_s, u.text.strip()) for u in utterances if u.end_s > u.start_s)
    return Tags(
        title=script.title,
        artist=script.byline,
        album=script.site,
        date=script.published,
        source_url=script.url,
        cover=cover,
        chapters=tuple(paragraph_chapters(utterances, duration_s)),
        lyrics=tuple(said) if lyrics else (),
        voice=voice,
        gain_steps=gain_steps,
    )

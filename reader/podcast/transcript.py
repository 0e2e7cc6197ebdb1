"""Transcripts in the forms that the podcast namespace names: WebVTT, SRT, HTML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from itertools import groupby

from reader.captions import timestamp, webvtt
from reader.narration import Narration, TimedUtterance


def later(narration: Narration, seconds: float) -> Narration:
    """The same narration in a file that begins `seconds` earlier."""
    return replace(narration, utterances=tuple(u.later(seconds) for u in narration.utterances))


def as_vtt(narration: Narration) -> bytes:
    return webvtt(narration).encode("utf-8", "replace")


def as_srt(narration: Narration) -> bytes:
    """SubRip: numbered from 1, a comma before the milliseconds."""
    cues = (
        f"{n}\n{_srt_time(u.start_s)} --> {_srt_time(u.end_s)}\n{_one_line(u.text)}\n\n"
        for n, u in enumerate(_heard(narration), 1)
    )
    return "".join(cues).encode("utf-8", "replace")


def as_html(narration: Narration, language: str) -> bytes:
    """A paragraph of the article a `<p>`, its time before it in a `<time>`."""
    parts = []
    for _, group in groupby(_heard(narration), key=lambda u: u.paragraph):
        sentences = list(group)
        clock = timestamp(sentences[0].start_s).split(".")[0]
        text = escape("".join(u.text for u in sentences).strip())
        parts.append(f"<time>{clock}</time>\n<p>{text}</p>\n")
    title = escape(narration.title)
    head = f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n</head>'
    page = f'<!doctype html>\n<html lang="{escape(language)}">\n{head}\n<body>\n{"".join(parts)}'
    return f"{page}</body>\n</html>\n".encode("utf-8", "replace")


def _heard(narration: Narration) -> Iterable[TimedUtterance]:
    return (u for u in narration.utterances if u.end_s > u.start_s)


def _srt_time(seconds: float) -> str:
    return timestamp(seconds).replace(".", ",")


def _one_line(text: str) -> str:
    """No blank line that would end the cue."""
    return "".join(c for c in " ".join(text.split()) if c.isprintable())

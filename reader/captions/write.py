"""Cues as WebVTT, SubRip or JSON."""

from __future__ import annotations

import json
from typing import Final

from reader.captions.cues import Cue, cues_of
from reader.narration.model import Narration

FORMS: Final = ("vtt", "srt", "json")


def write_captions(narration: Narration, form: str, *, karaoke: bool = False) -> bytes:
    """The captions in one of `FORMS`; `karaoke` times the words of WebVTT as well."""
    if form == "json":
        return captions_json(narration)
    text = srt(narration) if form == "srt" else webvtt(narration, karaoke=karaoke)
    return text.encode("utf-8", "replace")


def webvtt(narration: Narration, *, karaoke: bool = False) -> str:
    """WebVTT (W3C): a cue a sentence, a long one in several. With `karaoke` each word follows
    the time at which it is said, and players can show what has been said."""
    cues = "".join(
        f"{cue.name}\n{timestamp(cue.start_s)} --> {timestamp(cue.end_s)}\n"
        f"{_format_karaoke(cue) if karaoke else _escape(_lines(cue))}\n\n"
        for cue in cues_of(narration, with_words=karaoke)
    )
    return f"WEBVTT\n\n{cues}"


def srt(narration: Narration) -> str:
    """SubRip: numbered from 1, a comma before the milliseconds, nothing that looks like a tag."""
    return "".join(
        f"{n}\n{_srt_time(cue.start_s)} --> {_srt_time(cue.end_s)}\n{_plain(_lines(cue))}\n\n"
        for n, cue in enumerate(cues_of(narration), 1)
    )


def captions_json(narration: Narration) -> bytes:
    """The JSON transcript of the podcast namespace (1.0.0), with more than it asks for: the
    sentence and paragraph of each segment, and its words."""
    segments = [
        {
            "startTime": cue.start_s,
            "endTime": cue.end_s,
            "body": cue.text,
            "sentence": cue.sentence,
            "paragraph": cue.paragraph,
            "words": [
                {"startTime": word.start_s, "endTime": word.end_s, "body": word.text}
                for line in cue.words
                for word in line
            ],
        }
        for cue in cues_of(narration, with_words=True)
    ]
    fields = {"version": "1.0.0", "title": narration.title, "segments": segments}
    return json.dumps(fields, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def timestamp(seconds: float) -> str:
    """`01:02:03.456`."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _plain(text: str) -> str:
    """SubRip has no way to escape: players take <b> and {\\an8} for commands and show nothing of
    them, so other brackets stand in their place."""
    return text.replace("-->", "→").replace("<", "‹").replace(">", "›").replace("{\\", "｛\\")


def _srt_time(seconds: float) -> str:
    return timestamp(seconds).replace(".", ",")


def _lines(cue: Cue) -> str:
    return "\n".join(cue.lines)


def _format_karaoke(cue: Cue) -> str:
    """The lines with a time before each word; times inside a cue must grow."""
    lines, last_ms = [], round(cue.start_s * 1000)
    for line in cue.words:
        parts = []
        for word in line:
            start_ms = round(word.start_s * 1000)
            if last_ms < start_ms < round(cue.end_s * 1000):
                parts.append(f"<{timestamp(word.start_s)}>")
                last_ms = start_ms
            parts.append(_escape(word.text))
        lines.append("".join(parts).strip())
    return "\n".join(lines)


def _escape(text: str) -> str:
    """Nothing in the text can be taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

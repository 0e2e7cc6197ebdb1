"""Captions from the timeline: WebVTT, a cue a sentence."""

from __future__ import annotations

from collections.abc import Iterable

from reader.narration import Narration, TimedUtterance


def webvtt(narration: Narration) -> str:
    """WebVTT (W3C) with one cue an utterance; its number is the cue's identifier."""
    cues = "".join(_cue(u) for u in narration.utterances if u.end_s > u.start_s)
    return f"WEBVTT\n\n{cues}"


def _cue(utterance: TimedUtterance) -> str:
    text = _escaped(" ".join(utterance.text.split()))
    times = f"{timestamp(utterance.start_s)} --> {timestamp(utterance.end_s)}"
    return f"{utterance.index}\n{times}\n{text}\n\n"


def timestamp(seconds: float) -> str:
    """`01:02:03.456`."""
    ms = round(seconds * 1000)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _escaped(text: str) -> str:
    """Nothing in the text can be taken for markup or for the end of a cue."""
    kept = "".join(c for c in text if c.isprintable())
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def chapters(narration: Narration) -> dict[str, object]:
    """Podcast chapters (JSON chapters 1.2): one a paragraph, the headline first."""
    return {"version": "1.2.0", "chapters": list(_chapters(narration.utterances))}


def _chapters(utterances: Iterable[TimedUtterance]) -> Iterable[dict[str, object]]:
    paragraph: int | None = None
    for utterance in utterances:
        if utterance.paragraph != paragraph and utterance.end_s > utterance.start_s:
            paragraph = utterance.paragraph
            yield {"startTime": utterance.start_s, "title": utterance.text.strip()}

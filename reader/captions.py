"""Captions from the timeline: WebVTT, a cue a sentence."""

from __future__ import annotations

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

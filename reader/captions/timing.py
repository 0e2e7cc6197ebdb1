"""Times of the characters of a text, from the voice's timings on what it said."""

from __future__ import annotations

from difflib import SequenceMatcher

from reader.narration.model import TimedUtterance

Times = list[tuple[float, float]]
"""Start and end of each character, in seconds, never going back."""


def character_times(utterance: TimedUtterance, text: str) -> Times:
    """Of `text`, the written form of what `utterance` says.

    What is written as it is said has its own times; what is said otherwise (25% as
    百分之二十五) shares those of what is said for it. Timings of punctuation take none.
    """
    said = _times_of_spoken(utterance)
    times: Times = []
    now = utterance.start_s
    matcher = SequenceMatcher(None, text, utterance.spoken, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            times += said[j1:j2]
        elif kind == "replace":
            times += _spread(text[i1:i2], said[j1][0], said[j2 - 1][1])
        elif kind == "delete":
            times += [(now, now)] * (i2 - i1)
        elif times:  # said and not written: it belongs to what stands before it
            times[-1] = times[-1][0], said[j2 - 1][1]
        now = times[-1][1] if times else now
    return times


def _spread(text: str, start_s: float, end_s: float) -> Times:
    """`text` evenly over a stretch of time, by its characters that are no marks."""
    weights = [1 if character.isalnum() else 0 for character in text]
    if not any(weights):
        weights = [1] * len(text)
    step = (end_s - start_s) / sum(weights)
    times, now = [], start_s
    for weight in weights:
        times.append((round(now, 3), round(now + weight * step, 3)))
        now += weight * step
    return times


def _times_of_spoken(utterance: TimedUtterance) -> Times:
    """Of each character of `spoken`."""
    spoken = utterance.spoken
    if not utterance.timings:
        return _spread(spoken, utterance.start_s, utterance.end_s)
    times: Times = []
    now = utterance.start_s
    for timing in utterance.timings:
        start, end = min(timing.start, len(spoken)), min(timing.end, len(spoken))
        times += [(now, now)] * (start - len(times))
        start_s = min(max(timing.start_s, now), utterance.end_s)
        end_s = min(max(timing.end_s, start_s), utterance.end_s)
        if end > len(times):
            times += _spread(spoken[len(times) : end], start_s, end_s)
            now = end_s
    return times + [(now, now)] * (len(spoken) - len(times))

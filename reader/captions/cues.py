"""Cues: what is shown when, with the time of every word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reader.captions.layout import blocks_of, words_of
from reader.captions.timing import character_times
from reader.narration.model import Narration, TimedUtterance


@dataclass(frozen=True, slots=True)
class CaptionWord:
    """A word with the marks that stand at it."""

    text: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Cue:
    """A caption: the lines shown at a time."""

    name: str
    """The number of its sentence; with a dot and its own where the sentence has several."""
    sentence: int
    paragraph: int
    start_s: float
    end_s: float
    text: str
    lines: tuple[str, ...]
    words: tuple[tuple[CaptionWord, ...], ...]
    """Of each line; none where they were not asked for."""


def cues_of(narration: Narration, *, with_words: bool = False) -> Iterator[Cue]:
    """The cues of all that is heard, in order. Takes about a millisecond a sentence."""
    for utterance in narration.utterances:
        text = _one_line(utterance.text)
        if utterance.end_s > utterance.start_s and text:
            yield from _cues(utterance, text, with_words)


def _cues(utterance: TimedUtterance, text: str, with_words: bool) -> Iterator[Cue]:
    blocks = blocks_of(text)
    times = character_times(utterance, text) if with_words or len(blocks) > 1 else []
    spans = _spans(utterance, [block.start for block in blocks], times)
    units = words_of(text) if with_words else []
    for n, (block, span) in enumerate(zip(blocks, spans, strict=True)):
        yield Cue(
            name=str(utterance.index) if len(blocks) == 1 else f"{utterance.index}.{n + 1}",
            sentence=utterance.index,
            paragraph=utterance.paragraph,
            start_s=span[0],
            end_s=span[1],
            text=text[block.start : block.end].strip(),
            lines=tuple(text[start:end].strip() for start, end in block.lines),
            words=tuple(
                tuple(
                    _word(text, first, last, times, span)
                    for first, last in units
                    if start <= first < end
                )
                for start, end in block.lines
            ),
        )


def _spans(
    utterance: TimedUtterance, starts: list[int], times: list[tuple[float, float]]
) -> list[tuple[float, float]]:
    """From the first sound of a part to the first of the next; the pause between them belongs
    to the part before, as a reader is not hurried."""
    edges = [utterance.start_s, *(times[at][0] for at in starts[1:]), utterance.end_s]
    if any(b <= a for a, b in pairwise(edges)):
        step = (utterance.end_s - utterance.start_s) / len(starts)
        edges = [round(utterance.start_s + n * step, 3) for n in range(len(starts) + 1)]
    return list(pairwise(edges))


def _word(
    text: str, start: int, end: int, times: list[tuple[float, float]], span: tuple[float, float]
) -> CaptionWord:
    start_s = min(max(times[start][0], span[0]), span[1])
    end_s = min(max(times[end - 1][1], start_s), span[1])
    return CaptionWord(text[start:end], start_s, end_s)


def _one_line(text: str) -> str:
    """No control character, and no line break that would end a cue."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())

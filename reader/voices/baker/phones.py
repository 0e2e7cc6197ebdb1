"""Clauses to the phones that the networks were trained on, and durations back to timings."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reader.errors import Unpronounceable
from reader.pronunciation import Clause, Syllable
from reader.voices.baker.prosody import prosodic_words
from reader.voices.baker.weights import Weights
from reader.voices.clip import WordTiming

_SILENCE, _END = "sil", "eos"
_WITHIN_WORD, _BETWEEN_WORDS = "#0", "#1"


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """Model input for one clause: ids [n], and which phones belong to which syllable."""

    ids: list[int]
    spans: list[tuple[Syllable, int, int]]
    """Syllable, first phone, phone past the last."""


def phone_row(clause: Clause, weights: Weights) -> PhoneRow:
    """`sil`, then initial and final of each syllable with `#0` between them and `#1` between
    prosodic words, then `sil`, `eos`.

    Raises Unpronounceable for a syllable that the voice lacks.
    """
    names: list[str] = [_SILENCE]
    spans: list[tuple[Syllable, int, int]] = []
    for word in prosodic_words(clause):
        for position, syllable in enumerate(word):
            if spans:
                names.append(_BETWEEN_WORDS if position == 0 else _WITHIN_WORD)
            first = len(names)
            names += _phones_of(syllable, weights)
            spans.append((syllable, first, len(names)))
    names += [_SILENCE, _END]
    return PhoneRow([weights.phone_ids[name] for name in names], spans)


def _phones_of(syllable: Syllable, weights: Weights) -> list[str]:
    base, tone = syllable.pinyin[:-1], syllable.pinyin[-1]
    phones = weights.syllable_phones.get(base)
    if phones is None or phones[1] + tone not in weights.phone_ids:
        raise Unpronounceable("baker-no-syllable", syllable=syllable.pinyin)
    return [phones[0], phones[1] + tone]


def timings_of(
    row: PhoneRow, n_mel_frames: NDArray[np.int32], mel_frame_s: float, start_s: float
) -> list[WordTiming]:
    """The timings of the characters; syllables that share a span of characters are one timing."""
    edges = [0]
    for n in n_mel_frames:
        edges.append(edges[-1] + int(n))
    found: list[WordTiming] = []
    for syllable, first, last in row.spans:
        begin = start_s + edges[first] * mel_frame_s
        end = start_s + edges[last] * mel_frame_s
        if found and (found[-1].start, found[-1].end) == (syllable.start, syllable.end):
            begin = found.pop().start_s
        found.append(WordTiming(syllable.start, syllable.end, round(begin, 4), round(end, 4)))
    return found

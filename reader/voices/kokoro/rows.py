"""Clauses as rows of Kokoro's phonemes, and the lengths of phonemes as times of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.pronunciation import Clause, Word
from reader.script import Line
from reader.voices.clip import WordTiming
from reader.voices.kokoro.english import among_mandarin
from reader.voices.kokoro.mandarin import mandarin_phonemes
from reader.voices.kokoro.vocabulary import EDGE_ID, PHONEME_IDS

LONGEST_ROW: Final = 156
"""Phonemes: what the model's memory is meant for (the weights know styles for 510). A clause of 24
syllables, the longest there is, has about 130."""
_LONGEST_FIRST_ROW: Final = 48
"""Phonemes of what a sentence may begin with if it is a list: sound is to be there at once."""
_LONGEST_SOUND: Final = 96
"""A word without end is cut so that it fits a row; no word of any language is so long."""
_ENGLISH_PACE: Final = 0.65
"""Among Mandarin syllables the model gives an English phoneme 60 % of the time that it gives it
in an English sentence, and then it is not understood (bench/intelligibility/RESULTS.md)."""
_MARK_PACE, _END_PACE = 3.4, 3.0
"""Of a row's mark and its end, which are silence. The model makes 0.2 s of sound in them, nobody
hears it, and it takes as long as 0.2 s of speech. Of the first edge nothing can be spared: with
half of its length many a row lost its first syllable."""
_BETWEEN_WORDS: Final = " "
_LISTS: Final = "、"
_SIGNS: Final = {"，": ",", "、": ",", "；": ";", "：": ":", "。": ".", "！": "!", "？": "?",
                 "…": "…", "—": "—"}  # fmt: skip
"""How the model writes the mark that ends a clause: it decides the melody."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A syllable or an English word, and the characters `Line.spoken[start:end]` it voices."""

    phonemes: str
    start: int
    end: int
    pace: float = 1.0
    """Times as fast as the model would say it here."""


@dataclass(frozen=True, slots=True)
class PhonemeRow:
    """Model input for one breath, and which of its phonemes belong to which characters."""

    ids: list[int]
    paces: NDArray[np.float32]
    """Of each id, like ids [n]."""
    spans: list[tuple[Sound, int, int]]
    """Sound, first phoneme, phoneme past the last."""

    @property
    def ends_in_a_vowel_or_nasal(self) -> bool:
        """As all Mandarin does; an English stop is silent before it bursts."""
        return self.spans[-1][0].pace == 1.0


def phoneme_rows(
    clause: Clause, line: Line, say_english: Callable[[str], str] | None
) -> list[PhonemeRow]:
    """`clause` as one row, or as several if a row cannot hold it.

    Latin letters and words are said by `say_english`, or by their Mandarin syllables where it
    is None; what the lexicon fixed is said as it fixed it.

    Raises Unpronounceable for a syllable that the voice lacks.
    """
    rows: list[list[tuple[Sound, ...]]] = [[]]
    size = 0
    for sounds in _words(clause, line, say_english):
        length = 1 + _n_phonemes(sounds)
        if rows[-1] and size + length > LONGEST_ROW:
            rows.append([])
            size = 0
        rows[-1].append(sounds)
        size += length
    end = _SIGNS.get(clause.end_mark[:1], ",")
    return [_row(words, end if words is rows[-1] else ",") for words in rows]


def _words(
    clause: Clause, line: Line, say_english: Callable[[str], str] | None
) -> Iterator[tuple[Sound, ...]]:
    """The words of `clause`; one that no row could hold is a word a sound."""
    for word in clause.words:
        sounds = tuple(_sounds(word, line, say_english))
        if _n_phonemes(sounds) < LONGEST_ROW:
            yield sounds
        else:
            yield from ((sound,) for sound in sounds)


def _n_phonemes(sounds: tuple[Sound, ...]) -> int:
    return sum(len(sound.phonemes) for sound in sounds)


def _sounds(word: Word, line: Line, say_english: Callable[[str], str] | None) -> Iterator[Sound]:
    said_until = 0
    for syllable in word.syllables:
        text = line.spoken[syllable.start : syllable.end]
        fixed = any(r.start < syllable.end and syllable.start < r.end for r in line.readings)
        if say_english is None or fixed or not (text.isascii() and text.isalpha()):
            yield Sound(mandarin_phonemes(syllable.pinyin), syllable.start, syllable.end)
        elif syllable.end > said_until:
            said = among_mandarin(say_english(text))
            for at in range(0, len(said), _LONGEST_SOUND):
                part = said[at : at + _LONGEST_SOUND]
                yield Sound(part, syllable.start, syllable.end, _ENGLISH_PACE)
            said_until = syllable.end


def _row(words: list[tuple[Sound, ...]], end: str) -> PhonemeRow:
    ids, paces = [EDGE_ID], [1.0]
    spans: list[tuple[Sound, int, int]] = []
    for word in words:
        if spans:
            ids.append(PHONEME_IDS[_BETWEEN_WORDS])
            paces.append(1.0)
        for sound in word:
            first = len(ids)
            ids += [PHONEME_IDS[sign] for sign in sound.phonemes]
            paces += [sound.pace] * len(sound.phonemes)
            spans.append((sound, first, len(ids)))
    ids += [PHONEME_IDS[end], EDGE_ID]
    paces += [_MARK_PACE, _END_PACE]
    return PhonemeRow(ids, np.array(paces, np.float32), spans)


def with_lists_joined(
    rows: Iterable[tuple[PhonemeRow, Clause]],
) -> list[tuple[PhonemeRow, Clause]]:
    """`rows` and the clauses that they end, with the items of a list in one row, as many as fit.

    An item is a word or two. In a row of its own a voice stands before it that says nothing and its
    English is slurred: of 60 letters and words in lists 40 were heard, in one row 54.
    """
    found: list[tuple[PhonemeRow, Clause]] = []
    for row, clause in rows:
        if found and found[-1][1].end_mark.startswith(_LISTS):
            whole = _joined(found[-1][0], row)
            longest = LONGEST_ROW if len(found) > 1 else _LONGEST_FIRST_ROW
            if len(whole.ids) - 2 <= longest:
                found[-1] = whole, clause
                continue
        found.append((row, clause))
    return found


def _joined(row: PhonemeRow, following: PhonemeRow) -> PhonemeRow:
    """Both in one, with the mark of `row` between them, which is heard there."""
    n_before = len(row.ids) - 1
    ids = [*row.ids[:-1], PHONEME_IDS[_BETWEEN_WORDS], *following.ids[1:]]
    paces = np.concatenate((row.paces[:-2], (1.0, 1.0), following.paces[1:])).astype(np.float32)
    later = [(sound, n_before + first, n_before + last) for sound, first, last in following.spans]
    return PhonemeRow(ids, paces, [*row.spans, *later])


def timings_of(
    row: PhonemeRow, frames: NDArray[np.int64], frame_s: float, start_s: float
) -> list[WordTiming]:
    """When each character is heard; sounds that share a span of characters are one timing."""
    edges = np.concatenate(([0], np.cumsum(frames))) * frame_s + start_s
    found: list[WordTiming] = []
    for sound, first, last in row.spans:
        begin, end = max(0.0, float(edges[first])), max(0.0, float(edges[last]))
        if found and (found[-1].start, found[-1].end) == (sound.start, sound.end):
            begin = found.pop().start_s
        found.append(WordTiming(sound.start, sound.end, round(begin, 4), round(end, 4)))
    return found


def begun_at(start_s: float, timings: list[WordTiming]) -> list[WordTiming]:
    """`timings` of which the first begins at `start_s`; none begins or ends before it."""
    begun_s = round(max(0.0, start_s), 4)
    later = [
        replace(t, start_s=max(begun_s, t.start_s), end_s=max(begun_s, t.end_s)) for t in timings
    ]
    return [replace(first, start_s=begun_s) for first in later[:1]] + later[1:]

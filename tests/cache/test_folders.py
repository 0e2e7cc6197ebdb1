"""Which locations are folders: drives, shares and `file:` URLs, on POSIX and on Windows."""

from __future__ import annotations

import stat
import sys
from pathlib import Path, PureWindowsPath

import pytest

from audio_cache import Cache, store
from audio_cache.store import folder_of
from tests.windows.simulation import View


@pytest.mark.parametrize(
    ("location", "folder"),
    [
        ("/var/cache/tingwen", "/var/cache/tingwen"),
        ("快取", "快取"),
        ("file:///var/cache/a%20b", "/var/cache/a b"),
        (r"C:\Users\王小明\快取", r"C:\Users\王小明\快取"),
        ("d:/cache", "d:/cache"),
        (r"\\server\share\快取", r"\\server\share\快取"),
        ("s3://bucket/prefix", None),
        ("nosuch://bucket", None),
    ],
)
def test_locations(location: str, folder: str | None) -> None:
    assert folder_of(location) == (Path(folder) if folder else None)


@pytest.mark.parametrize(
    ("location", "folder"),
    [
        ("file:///C:/Users/%E7%8E%8B/cache", r"C:\Users\王\cache"),
        ("file://localhost/C:/cache", r"C:\cache"),
        ("file://server/share/cache", r"\\server\share\cache"),
    ],
)
def test_file_urls_on_windows(location: str, folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "sys", View(store.sys, frozenset(), {"platform": "win32"}))
    monkeypatch.setattr(store, "Path", PureWindowsPath)
    found = folder_of(location)
    assert found == PureWindowsPath(folder)


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_a_folder_that_we_make_is_its_owners_alone(tmp_path: Path) -> None:
    Cache.open(str(tmp_path / "above" / "store"))
    assert stat.S_IMODE((tmp_path / "above" / "store").stat().st_mode) == 0o700
    shared = tmp_path / "shared"
    shared.mkdir(mode=0o750)
    Cache.open(str(shared))
    assert stat.S_IMODE(shared.stat().st_mode) == 0o750

"""A font with Chinese characters: one given, or the best that the machine has."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from reader.errors import BadOptions

_PREFERRED: Final = (
    "notosanscjk-bold", "notosanstc-bold", "sourcehansanstc-bold", "sourcehansans-bold",
    "notosanscjk", "notosanstc", "notosanshk", "sourcehansans", "pingfang", "msjhbd", "msjh",
    "notoserifcjk-bold", "notoseriftc", "notoserifcjk", "sourcehanserif", "heiti", "stheiti",
    "jfopenhuninn", "genyo", "wqy-zenhei", "wqy-microhei", "uming", "ukai", "mingliu",
    "droidsansfallback", "arialunicode", "unifont",
)  # fmt: skip
"""Beginnings of file names, letters and digits and hyphens only; Traditional forms first."""
_SUFFIXES: Final = frozenset((".ttf", ".ttc", ".otf", ".otc"))
_TAIWAN: Final = ("TC", "TW", "Traditional", "繁", "HK")
_MOST_FACES: Final = 40
_PROBE: Final = "聽聞"


class Font:
    """One face of a font file."""

    def __init__(self, path: Path, index: int) -> None:
        self.path = path
        self.index = index

    def face(self, size_px: int) -> ImageFont.FreeTypeFont:
        return ImageFont.truetype(str(self.path), size_px, index=self.index)

    def printable(self, text: str) -> str:
        """`text` without the characters that the font lacks, such as emoji."""
        face = self.face(32)
        return "".join(char for char in text if char == " " or _has(face, char)).strip()


def font_in(path: Path) -> Font:
    """The font that the user chose. Raises BadOptions if it has no Chinese characters."""
    font = _opened(path)
    if font is None:
        raise BadOptions("font-not-chinese", path=path)
    return font


def found_font() -> Font | None:
    """The best font with Chinese characters on this machine, None if there is none."""
    ranked = sorted(
        (rank, str(path)) for path in _font_files() if (rank := _rank(path)) < len(_PREFERRED)
    )
    return next((font for _, path in ranked if (font := _opened(Path(path))) is not None), None)


def _rank(path: Path) -> int:
    name = "".join(c for c in path.stem.lower() if c.isalnum() or c == "-")
    ranks = (n for n, beginning in enumerate(_PREFERRED) if name.startswith(beginning))
    return next(ranks, len(_PREFERRED))


def _font_files() -> Iterator[Path]:
    for folder in _folders():
        for parent, _, names in os.walk(folder):
            yield from (Path(parent, n) for n in names if Path(n).suffix.lower() in _SUFFIXES)


def _folders() -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    if sys.platform == "win32":
        return (Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",)
    data = os.environ.get("XDG_DATA_HOME") or str(home / ".local/share")
    shared = (os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":")
    return (Path(data) / "fonts", home / ".fonts", *(Path(s) / "fonts" for s in shared if s))


def _opened(path: Path) -> Font | None:
    """The face of the file that draws characters as Taiwan does, or its first; None if it
    cannot be read or lacks them."""
    usable = []
    for index in range(_MOST_FACES):
        try:
            face = ImageFont.truetype(str(path), 32, index=index)
        except (OSError, ValueError):
            break
        if all(_has(face, char) for char in _PROBE):
            names = " ".join(name or "" for name in face.getname())
            usable.append((not any(mark in names for mark in _TAIWAN), index))
    return Font(path, min(usable)[1]) if usable else None


def _has(face: ImageFont.FreeTypeFont, char: str) -> bool:
    return bytes(face.getmask(char)) != _missing(str(face.path), face.index, face.size)


@cache
def _missing(path: str, index: int, size_px: float) -> bytes:
    """How the font draws what it does not have; U+10FFFF is no character."""
    return bytes(ImageFont.truetype(path, size_px, index=index).getmask("\U0010ffff"))

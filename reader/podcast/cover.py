"""The artwork: a square with the show's name, drawn where none is given.

Apple asks for 1400 to 3000 pixels, JPEG or PNG, RGB without transparency, and for nothing that
matters in the lowest fifth, which players cover ("Artwork requirements").
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from reader.errors import BadOptions
from reader.podcast.fonts import Font

SIDE_PX: Final = 3000
_LEAST_PX: Final = 1400
_SMALL_PX: Final = 600
_MARGIN_PX: Final = 260
_MOST_LINES: Final = 3
_PAPER: Final = (((19, 78, 94), (242, 177, 52)), ((38, 50, 86), (255, 138, 101)),
                 ((74, 32, 59), (246, 189, 96)), ((27, 67, 50), (149, 213, 178)))  # fmt: skip
_PIECE: Final = re.compile(
    r"[「『（《〈【]*(?:[!-~]+|[^!-~])[」』）》〉】，。、！？：；…]*|[「『（《〈【]+"
)
_BARS: Final = (0.30, 0.62, 0.44, 0.86, 0.58, 1.0, 0.70, 0.40, 0.78, 0.52, 0.34)


def drawn(title: str, author: str, font: Font | None) -> bytes:
    """A PNG: a wave of sound, and the title if there is a font that has its characters."""
    paper, ink = _PAPER[hashlib.sha256(title.encode("utf-8", "replace")).digest()[0] % len(_PAPER)]
    image = Image.new("RGB", (SIDE_PX, SIDE_PX), paper)
    draw = ImageDraw.Draw(image)
    _wave(draw, ink, top=240, height=1000 if font else 2100)
    if font is not None:
        _words(draw, title, font, top=1360, bottom=2180)
        _line(draw, author, font, top=2220)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def checked(path: Path) -> tuple[bytes, str]:
    """A given artwork and its suffix. Raises BadOptions if hosts would refuse it."""
    try:
        data = path.read_bytes()
        with Image.open(io.BytesIO(data)) as image:
            kind, size, mode = image.format, image.size, image.mode
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadOptions("cover-unreadable", path=path, reason=error) from error
    if kind not in ("PNG", "JPEG"):
        raise BadOptions("cover-format", path=path, format=kind)
    if size[0] != size[1] or not _LEAST_PX <= size[0] <= SIDE_PX:
        raise BadOptions(
            "cover-size", path=path, width=size[0], height=size[1], least=_LEAST_PX, most=SIDE_PX
        )
    if mode not in ("RGB", "P", "L"):
        raise BadOptions("cover-mode", path=path, mode=mode)
    return data, ".png" if kind == "PNG" else ".jpg"


def small(cover: bytes) -> bytes:
    """The artwork as every episode carries it: a small JPEG."""
    with Image.open(io.BytesIO(cover)) as image:
        reduced = image.convert("RGB").resize((_SMALL_PX, _SMALL_PX), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    reduced.save(out, "JPEG", quality=85)
    return out.getvalue()


def _wave(draw: ImageDraw.ImageDraw, ink: tuple[int, int, int], top: int, height: int) -> None:
    step = (SIDE_PX - 2 * _MARGIN_PX) / len(_BARS)
    for n, share in enumerate(_BARS):
        left, middle = _MARGIN_PX + n * step, top + height / 2
        box = (left + step * 0.2, middle - share * height / 2)
        draw.rounded_rectangle(
            (*box, left + step * 0.8, middle + share * height / 2), step * 0.3, fill=ink
        )


def _words(draw: ImageDraw.ImageDraw, title: str, font: Font, top: int, bottom: int) -> None:
    """The title as large as it fits, in at most three lines; what is too long ends in …"""
    text = font.printable(title)
    width = SIDE_PX - 2 * _MARGIN_PX
    for size in range(560, 150, -20):
        face = font.face(size)
        lines = list(_wrapped(text, face, width))
        if len(lines) <= _MOST_LINES and len(lines) * size * 1.25 <= bottom - top:
            break
    else:
        lines = lines[:_MOST_LINES]
        lines[-1] = f"{lines[-1][:-1]}…"
    for n, line in enumerate(lines):
        draw.text((_MARGIN_PX, top + n * size * 1.25), line, font=face, fill=(255, 255, 255))


def _line(draw: ImageDraw.ImageDraw, author: str, font: Font, top: int) -> None:
    face, width = font.face(130), SIDE_PX - 2 * _MARGIN_PX
    line = next(_wrapped(font.printable(author), face, width), "")
    draw.text((_MARGIN_PX, top), line, font=face, fill=(225, 225, 225))


def _wrapped(text: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    """Lines cut between any two characters, as Chinese is, but not inside a Latin word."""
    line = ""
    for word in _words_of(text):
        if line and face.getlength(line + word) > width:
            yield line.rstrip()
            line = ""
        line += word if line else word.lstrip()
    if line.strip():
        yield line.rstrip()


def _words_of(text: str) -> list[str]:
    """Pieces between which a line may end: never before 」 or after 「, never inside Latin."""
    return _PIECE.findall(" ".join(text.split()))

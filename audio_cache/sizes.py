"""Sizes and ages as people write them."""

from __future__ import annotations

import re
from typing import Final

_UNITS: Final = {
    "": 1,
    "k": 10**3,
    "m": 10**6,
    "g": 10**9,
    "t": 10**12,
    "ki": 2**10,
    "mi": 2**20,
    "gi": 2**30,
    "ti": 2**40,
}
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def parse_bytes(text: str) -> int:
    """`20GB`, `1.5 GiB`, `500M` or a number of bytes. Raises ValueError."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmgt]?i?)b?", text.strip().lower())
    if not match or match[2] not in _UNITS:
        raise ValueError(f"{text!r} is no size such as 20GB, 500MiB or 1000000")
    return int(float(match[1]) * _UNITS[match[2]])


def parse_seconds(text: str) -> int:
    """`30d`, `12h`, `90m`. Raises ValueError."""
    match = re.fullmatch(r"(\d+)\s*([smhdw])", text.strip().lower())
    if not match:
        raise ValueError(f"{text!r} is no age such as 30d, 12h or 90m")
    return int(match[1]) * _SECONDS[match[2]]


def format_bytes(n_bytes: int) -> str:
    """`1.5 GB`."""
    size, unit = float(n_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 1000:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"

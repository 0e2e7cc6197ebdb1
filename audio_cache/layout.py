"""Layout of a store: where things lie, and what a name tells.

    v2/clips/ab/KEY                        sealed: its hash and length stand before its payload
    v2/narrations/ab/ID.json               sealed, the head of its family
    v2/narrations/ab/ID.SHA256.mp3         plain: served as it is, its own hash is in its name
    corrupt/v2/…                           what was found damaged, kept for whoever looks
    used/v2/HOUR-PROCESS                   what was used in that hour: see use_log
    pins/…                                 what is in use just now: see pins
    records/…                              sealed, what no eviction removes: see records

Objects whose names are alike up to the first dot are a family: plain ones belong to the sealed
head. A head is written after them and removed before them, so that a head alone says "ready".
"""

from __future__ import annotations

import re
from typing import Final

SCHEMA: Final = "v2"
"""First part of every key. A release with another layout has another one, reads and removes
only its own, and so shares a folder safely."""

ASIDE: Final = f"corrupt/{SCHEMA}"
USED: Final = f"used/{SCHEMA}"
PINS: Final = "pins"
RECORDS: Final = "records"

_PLAIN: Final = re.compile(r"\.([0-9a-f]{64})\.[a-z0-9]+$")
LEFTOVER: Final = re.compile(r"#\d+$")
"""How obstore's LocalStore names a file that is still being written; a killed process leaves
it, and listings of the store do not show it."""


def path_of(key: str) -> str:
    return f"{SCHEMA}/{key}"


def key_of(path: str) -> str:
    return path.removeprefix(f"{SCHEMA}/")


def kind_of(path: str) -> str:
    """`clips`, `narrations` … of a path below SCHEMA; `corrupt` of one set aside."""
    parts = path.split("/")
    return parts[1] if parts[0] == SCHEMA and len(parts) > 2 else parts[0]


def family_of(path: str) -> str:
    """The family of an object: what it is removed together with."""
    folder, _, name = path.rpartition("/")
    return f"{folder}/{name.split('.', 1)[0]}"


def plain_sha256(path: str) -> str:
    """The hash that the name of a plain object states; "" for a sealed one."""
    match = _PLAIN.search(path)
    return match[1] if match else ""

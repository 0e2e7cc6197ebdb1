"""An object with its own length and hash, so that damage is seen when it is read.

Layout: `TWO1`, SHA-256 of the payload (32 bytes), its length (8 bytes, big-endian), payload.
"""

from __future__ import annotations

import hashlib
from typing import Final

_MAGIC: Final = b"TWO1"
HEADER_BYTES: Final = len(_MAGIC) + 32 + 8


class Corrupt(ValueError):
    """The bytes are not what was sealed."""


def seal(payload: bytes) -> bytes:
    """The object to store for `payload`."""
    length = len(payload).to_bytes(8, "big")
    return b"".join((_MAGIC, hashlib.sha256(payload).digest(), length, payload))


def unseal(stored: bytes) -> bytes:
    """The payload; raises Corrupt if a byte is missing, changed or too many."""
    payload = stored[HEADER_BYTES:]
    if stored[:4] != _MAGIC:
        raise Corrupt("not a sealed object")
    if int.from_bytes(stored[36:44], "big") != len(payload):
        raise Corrupt("the length is wrong")
    if hashlib.sha256(payload).digest() != stored[4:36]:
        raise Corrupt("the hash is wrong")
    return payload

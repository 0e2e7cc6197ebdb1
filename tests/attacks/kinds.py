"""How many cases of each kind an attack on this project tried; whoever generates cases of a kind
here tries as many at least. What came of them then, and where they are now: SECURITY.md."""

from __future__ import annotations

from typing import Final

TRIED: Final = {
    "addresses": 116,
    "is_public": 33,
    "web server": 142,
    "bodies": 58,
    "raw HTTP": 17,
    "pages": 33,
    "repeated": 45,
    "injected": 422,
    "policies": 11,
    "private": 1_391,
    "Basic": 9,
    "rates": 12,
    "logs": 9,
    "podcast folder": 102,
    "XML": 26,
    "webhooks": 3,
    "slow": 250,
    "clients": 2_073,
    "killed": 2,
    "disk full": 4,
    "folder gone": 8,
    "two services": 6,
    "clock": 9,
    "damaged": 6,
    "ids": 14,
    "voices": 10,
    "files": 142,
}


def at_least(kind: str, n_cases: int) -> bool:
    """Whether so many cases are no fewer than were tried."""
    return n_cases >= TRIED[kind]

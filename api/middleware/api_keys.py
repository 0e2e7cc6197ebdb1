"""API keys: 256 random bits, kept as their SHA-256, each with a name and what it may do."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from typing import Final, Literal

from api.complaints import InvalidValue

Scope = Literal["speak", "read", "lexicon", "articles"]
SCOPES: Final[tuple[Scope, ...]] = ("speak", "read", "lexicon", "articles")
USUAL_SCOPES: Final[tuple[Scope, ...]] = ("speak", "read")
"""What a key may do whose maker does not say: not to change how the service says a word, not to
list or withdraw its articles."""
_SCOPE: Final = "|".join(SCOPES)
_ENTRY: Final = re.compile(rf"([A-Za-z0-9._-]{{1,40}}):((?:{_SCOPE})(?:\+(?:{_SCOPE}))*):(.*)")
_SHA256: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of TINGWEN_API_KEYS: `name:speak+read:sha256-hex`."""

    name: str
    scopes: frozenset[str]
    sha256: str

    def __str__(self) -> str:
        scopes = "+".join(scope for scope in SCOPES if scope in self.scopes)
        return f"{self.name}:{scopes}:{self.sha256}"


def parse_key(entry: str) -> Key:
    """The key of an entry. Raises ValueError, without showing what may be a secret."""
    match = _ENTRY.fullmatch(entry)
    if not match:
        raise InvalidValue("key-malformed")
    name, scopes, sha256 = match.groups()
    if not _SHA256.fullmatch(sha256):
        raise InvalidValue("key-without-hash", name=name)
    return Key(name, frozenset(scopes.split("+")), sha256)


def new_key(name: str, scopes: tuple[str, ...]) -> tuple[str, Key]:
    """A new secret, and the entry to keep. Raises ValueError for a name that cannot be one."""
    secret = f"tw_{secrets.token_urlsafe(32)}"
    return secret, parse_key(f"{name}:{'+'.join(scopes)}:{_hash(secret)}")


def find_key(keys: tuple[Key, ...], secret: str) -> Key | None:
    """The key whose secret this is, in a time that tells nothing of which keys there are.

    A plain hash is enough: 256 random bits cannot be guessed, however fast the guesses.
    """
    hashed = _hash(secret)
    found: Key | None = None
    for key in keys:
        if hmac.compare_digest(key.sha256, hashed):
            found = key
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogateescape")).hexdigest()

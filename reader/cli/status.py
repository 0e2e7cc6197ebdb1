"""The exit status that the command line promises, and errors as one line."""

from __future__ import annotations

import sys
from typing import Final

from audio_cache import BadCacheSettings, CacheError
from reader.errors import (
    BadInput,
    Incomplete,
    NoArticle,
    NotPublic,
    PortTaken,
    StorageError,
    TingwenError,
    Unreachable,
    VoiceError,
)

_EXIT_STATUS: Final[tuple[tuple[type[Exception], int], ...]] = (
    (NoArticle, 3),
    (Unreachable, 6),
    (BadInput, 2),
    (VoiceError, 4),
    (Incomplete, 4),
    (StorageError, 5),
    (BadCacheSettings, 2),
    (CacheError, 5),
    (PortTaken, 7),
    (OSError, 5),
)
"""First match wins. reader.cli.arguments.EPILOG says what each means."""

OUR_MISTAKE: Final = 70
"""EX_SOFTWARE of sysexits.h."""


def exit_status(error: Exception) -> int:
    """The exit status that the command line promises for `error`."""
    found = (status for kind, status in _EXIT_STATUS if isinstance(error, kind))
    return next(found, OUR_MISTAKE)


def report(error: Exception) -> int:
    """Say on stderr what happened, in one line; the exit status."""
    status, message = exit_status(error), one_line(error)
    if status == OUR_MISTAKE and not isinstance(error, TingwenError):
        message = f"unexpected {type(error).__name__}: {message}; please report it"
    print(f"tingwen: {message}", file=sys.stderr)
    return status


def one_line(error: Exception) -> str:
    """The message on one line, printable whatever the input held."""
    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, NotPublic):
        text += ", or pass --allow-private if it is yours"
    return text.encode("utf-8", "backslashreplace").decode()

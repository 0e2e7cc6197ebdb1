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
from reader.messages.columns import COLUMNS
from reader.messages.language import language_of_environment
from reader.messages.message import Door
from reader.messages.text import say
from reader.messages.wording import word

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

_PREFIX: Final = "tingwen: "
OUR_MISTAKE: Final = 70
"""EX_SOFTWARE of sysexits.h."""


def exit_status(error: Exception) -> int:
    """The exit status that the command line promises for `error`."""
    found = (status for kind, status in _EXIT_STATUS if isinstance(error, kind))
    return next(found, OUR_MISTAKE)


def report(error: Exception) -> int:
    """Say on stderr what happened, in one line; the exit status."""
    status = exit_status(error)
    if status == OUR_MISTAKE and not isinstance(error, TingwenError):
        reason = str(error) or type(error).__name__
        error = TingwenError("unexpected-because", name=type(error).__name__, reason=reason)
    if isinstance(error, OSError) and error.filename is not None:
        error = StorageError("file-unusable", path=error.filename, reason=error.strerror or error)
    print(f"{_PREFIX}{one_line(error)}", file=sys.stderr)
    return status


def one_line(error: Exception) -> str:
    """The message in the user's language, on one line, printable whatever the input held."""
    columns = COLUMNS - len(_PREFIX)
    text = word(error, language_of_environment(), Door.COMMAND_LINE, columns)
    if isinstance(error, NotPublic):
        text += say(", or pass --allow-private if it is yours")
    return text.encode("utf-8", "backslashreplace").decode()

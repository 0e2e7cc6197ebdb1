"""Parse, run, and turn every error into one line and an exit status."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Final

from audio_cache import BadCacheUrl, CacheError
from reader.cli.arguments import parser
from reader.errors import (
    BadInput,
    Incomplete,
    NoArticle,
    StorageError,
    TingwenError,
    VoiceError,
)

_EXIT_STATUS: Final[tuple[tuple[type[Exception], int], ...]] = (
    (NoArticle, 3),
    (BadInput, 2),
    (VoiceError, 4),
    (Incomplete, 4),
    (StorageError, 5),
    (BadCacheUrl, 2),
    (CacheError, 5),
    (OSError, 5),
)
"""First match wins: 0 done, 2 wrong usage, 3 no article, 4 voice failed, 5 cache or disk."""

_INTERRUPTED: Final = 130
_OUR_MISTAKE: Final = 70
"""EX_SOFTWARE of sysexits.h."""

_log: Final = logging.getLogger("tingwen")


def main(arguments: list[str] | None = None) -> None:
    """Run `tingwen` with `arguments` (the process's own by default) and exit."""
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """The exit status of `tingwen` with `arguments`; usage errors raise SystemExit(2)."""
    options = parser().parse_args(arguments)
    try:
        asyncio.run(options.command(options))
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): not an error of ours.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("tingwen: interrupted", file=sys.stderr)
        return _INTERRUPTED
    except (TingwenError, CacheError, OSError) as error:
        print(f"tingwen: {one_line(error)}", file=sys.stderr)
        return exit_status(error)
    except Exception as error:  # a mistake of ours: say so, in one line as well
        _log.debug("unexpected", exc_info=True)
        kind = type(error).__name__
        print(f"tingwen: unexpected {kind}: {one_line(error)}; please report it", file=sys.stderr)
        return _OUR_MISTAKE
    return 0


def exit_status(error: Exception) -> int:
    """The exit status that the command line promises for `error`."""
    return next(status for kind, status in _EXIT_STATUS if isinstance(error, kind))


def one_line(error: Exception) -> str:
    """The message on one line, printable whatever the input held."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text.encode("utf-8", "backslashreplace").decode()

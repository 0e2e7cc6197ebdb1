"""Parse, run, and turn every error into one line and an exit status."""

from __future__ import annotations

import errno
import logging
import os
import sys
from typing import Final

from reader.cli.arguments import parse
from reader.cli.late import load
from reader.cli.launch import INTERRUPTED, exit_if_foreign
from reader.messages.text import say

_log: Final = logging.getLogger("tingwen")


def run(arguments: list[str] | None = None) -> int:
    """The exit status of `tingwen` with `arguments`; usage errors raise SystemExit(2).

    The command's module is imported only now: most commands need a part of the packages only.
    """
    options = parse(sys.argv[1:] if arguments is None else arguments)
    if options.needs_api:
        exit_if_foreign("api")
    try:
        command = load(options.command)
        load("reader.cli.interruptible:run")(command(options))
    except BrokenPipeError:
        return _end_unheard()
    except KeyboardInterrupt:
        print(f"tingwen: {say('interrupted')}", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if _is_broken_pipe(error):
            return _end_unheard()
        _log.debug("failed", exc_info=True)
        status: int = load("reader.cli.status:report")(error)
        return status
    return 0


def _is_broken_pipe(error: Exception) -> bool:
    """Windows says "invalid argument" of a pipe whose reader has gone."""
    is_windows = sys.platform == "win32"
    return (
        is_windows
        and isinstance(error, OSError)
        and (error.errno == errno.EINVAL and error.filename is None)
    )


def _end_unheard() -> int:
    """The reader of our output has gone (`| head`): not an error of ours."""
    os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdout.fileno())
    return 0

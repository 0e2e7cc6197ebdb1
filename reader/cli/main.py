"""Parse, run, and turn every error into one line and an exit status."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Final

from audio_cache import CacheError
from reader.cli.arguments import parser
from reader.cli.status import OUR_MISTAKE, exit_status, one_line
from reader.errors import TingwenError

_INTERRUPTED: Final = 130

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
        return OUR_MISTAKE
    return 0

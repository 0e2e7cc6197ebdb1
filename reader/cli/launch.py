"""The first lines of `tingwen`: nothing is imported before Ctrl-C and foreign packages are seen to.

The wheel carries this file a second time, as the top-level module `tingwen`, which the command
starts from: a package of another project called `reader` can stand before ours.
"""

from __future__ import annotations

import atexit
import importlib
import importlib.util
import os
import signal
import sys
from typing import Final, NoReturn

INTERRUPTED: Final = 130
"""128 + SIGINT, as shells count."""
_WRONG_USAGE: Final = 2
_OUR_NAME: Final = "聽聞"
"""Stands in the first line of each package's `__init__.py`."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `tingwen` with `arguments` (the process's own by default) and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # A KeyboardInterrupt in the middle of an import can be swallowed by it; there is
        # nothing to clean up yet.
        signal.signal(signal.SIGINT, exit_interrupted)
        # Registered first, it is called last: what is left then is to free memory.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    for package in ("reader", "audio_cache"):
        exit_if_foreign(package)
    sys.exit(importlib.import_module("reader.cli.main").run(arguments))


def exit_interrupted(*_: object) -> NoReturn:
    """End at once, with one line and status 130. Takes the arguments of a signal handler."""
    os.write(2, b"tingwen: interrupted\n")
    os._exit(INTERRUPTED)


def exit_if_foreign(package: str) -> None:
    """End with one line if another project's `package` is what `import` would find."""
    path = _path_of(package)
    if path is None or _is_ours(path):
        return
    print(
        f"tingwen: another package called `{package}` stands in the place of ours ({path}): "
        "take its folder out of PYTHONPATH, or install tingwen into an environment of its own "
        "(`uv tool install tingwen` or `pipx install tingwen`)",
        file=sys.stderr,
    )
    sys.exit(_WRONG_USAGE)


def _path_of(package: str) -> str | None:
    """The `__init__.py` of a package that is not imported yet, or None."""
    if package in sys.modules:
        return sys.modules[package].__file__
    spec = importlib.util.find_spec(package)
    return spec.origin if spec else None


def _is_ours(path: str) -> bool:
    try:
        with open(path, "rb") as file:  # noqa: PTH123  (pathlib takes longer than all of this)
            return _OUR_NAME.encode() in file.readline()
    except OSError:
        return True  # inside a zip, for one: an import will tell


if __name__ == "__main__":
    main()

"""The first lines of a command: before Ctrl-C is seen to, nothing is imported."""

from __future__ import annotations

import atexit
import importlib
import importlib.util
import io
import os
import signal
import sys
from typing import Final, NoReturn

import reader
from reader.messages.language import Language, language_of_environment

INTERRUPTED: Final = 130
"""128 + SIGINT, as shells count."""
_WRONG_USAGE: Final = 2
_INTERRUPTED_LINE: Final = {
    Language.ENGLISH: "tingwen: interrupted\n",
    Language.CHINESE: "tingwen: 已中斷\n",
}
_FOREIGN: Final = {
    Language.ENGLISH: (
        "another package called `{package}` stands in the place of ours ({path}): "
        "take its folder out of PYTHONPATH, or install tingwen into an environment of its own "
        "(`uv tool install tingwen` or `pipx install tingwen`)"
    ),
    Language.CHINESE: (
        "另一個叫 `{package}` 的套件占了我們的位置（{path}）：請把它的資料夾從 PYTHONPATH 拿掉，"
        "或把 tingwen 裝進自己的環境（`uv tool install tingwen` 或 `pipx install tingwen`）"
    ),
}


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run `tingwen` with `arguments` (the process's own by default) and exit."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # A KeyboardInterrupt in the middle of an import can be swallowed by it; there is
        # nothing to clean up yet.
        signal.signal(signal.SIGINT, exit_interrupted)
        # Registered first, it is called last: what is left then is to free memory.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
    _never_fail_to_print()
    if "narrate_async" not in getattr(reader, "__all__", ()):  # overwritten by another package's
        _exit_foreign("reader", reader.__file__)
    exit_if_foreign("audio_cache")
    sys.exit(importlib.import_module("reader.cli.dispatch").run(arguments))


def _never_fail_to_print() -> None:
    """What a stream's encoding lacks is printed as `\\U0001f642`: Windows in Taiwan pipes cp950."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def exit_interrupted(*_: object) -> NoReturn:
    """End at once, with one line and status 130. Takes the arguments of a signal handler."""
    os.write(2, _INTERRUPTED_LINE[language_of_environment()].encode())
    os._exit(INTERRUPTED)


def exit_if_foreign(package: str) -> None:
    """End with one line if `package` would be imported from elsewhere than beside `reader`."""
    spec = importlib.util.find_spec(package)
    path = spec.origin if spec else None
    if path and _folder_of(path) != _folder_of(reader.__file__ or ""):
        _exit_foreign(package, path)


def _folder_of(path: str) -> str:
    """Where the package stands whose `__init__.py` is at `path`."""
    return os.path.realpath(os.path.join(path, "..", ".."))  # noqa: PTH118 (pathlib is slower)


def _exit_foreign(package: str, path: str | None) -> NoReturn:
    told = _FOREIGN[language_of_environment()].format(package=package, path=path)
    print(f"tingwen: {told}", file=sys.stderr)
    sys.exit(_WRONG_USAGE)

"""A process that has imported `tingwen` once and forks for every command.

A command of its own spends a second on imports. What is said here of a command (streams, status,
files) is the same; how it starts (`tests/cli/test_launch.py`), its encodings and its signals are
tried with real ones.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import io
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

_LONGEST_S = 120
_ROOT = Path(__file__).resolve().parents[1]


def run_command(
    arguments: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """The end of `tingwen ARGUMENTS` in a process of its own, forked from a warm one."""
    with tempfile.TemporaryDirectory() as folder:
        streams = [Path(folder) / name for name in ("in", "out", "err")]
        streams[0].write_bytes(stdin)
        order = {
            "arguments": list(arguments),
            "env": dict(env),
            "cwd": str(cwd or Path.cwd()),
            "streams": [str(path) for path in streams],
        }
        status = _server().run(order)
        return subprocess.CompletedProcess(
            list(arguments), status, streams[1].read_bytes(), streams[2].read_bytes()
        )


class _Server:
    """The warm process, as the tests see it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.forked_commands"],
            cwd=_ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._close)

    def run(self, order: dict[str, Any]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def _close(self) -> None:
        self._process.kill()
        self._process.communicate()


@cache
def _server() -> _Server:
    return _Server()


def serve() -> None:
    """Run a command for each line of the standard input; print its status."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    _import_commands()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(order)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), file=answers, flush=True)


def _import_commands() -> None:
    package = importlib.import_module("reader.cli")
    for module in pkgutil.walk_packages(package.__path__, "reader.cli."):
        importlib.import_module(module.name)


def _become(order: dict[str, Any]) -> NoReturn:
    signal.alarm(_LONGEST_S)
    status: Any = 1
    try:
        _take_place(order)
        from reader.cli.launch import main  # as the command imports it: in its own process

        main(order["arguments"])
    except SystemExit as end:
        status = end.code
        if isinstance(status, str):
            print(status, file=sys.stderr)
            status = 1
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        with contextlib.suppress(BaseException):
            threading._shutdown()  # type: ignore[attr-defined]
            atexit._run_exitfuncs()
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status or 0)


def _take_place(order: dict[str, Any]) -> None:
    """Streams, environment and folder of the command."""
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    flags = (os.O_RDONLY, os.O_WRONLY | os.O_CREAT, os.O_WRONLY | os.O_CREAT)
    for number, (path, flag) in enumerate(zip(order["streams"], flags, strict=True)):
        os.dup2(os.open(path, flag, 0o600), number)
    encoding = os.environ.get("PYTHONIOENCODING", "utf-8")
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0, closefd=False)), encoding)
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w", closefd=False)), encoding)
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w", closefd=False)),
        encoding,
        "backslashreplace",
        write_through=True,
    )
    sys.argv = ["tingwen", *order["arguments"]]


if __name__ == "__main__":
    serve()

"""The first lines of the command: Ctrl-C at any moment, other projects' packages on the path."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reader

ROOT = Path(reader.__file__).parents[1]
_BEGIN = "import os, sys; from reader.cli.launch import main; os.write(1, b'!'); main(sys.argv[1:])"
"""Says when the first line of `main` is next."""


def interrupted(delay_s: float, *arguments: str) -> tuple[int, bytes]:
    """Exit status and stderr of a command that gets a Ctrl-C so long after its first line."""
    command = [sys.executable, "-c", _BEGIN, *arguments]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.read(1) == b"!"
        time.sleep(delay_s)
        process.send_signal(signal.SIGINT)
        # Not communicate: standard input stays open, as a terminal's would.
        assert process.stderr is not None
        stderr = process.stderr.read()
        return process.wait(60), stderr


def check_ctrl_c(n_tries: int, longest_s: float, *arguments: str) -> None:
    delays = random.Random(14)
    for _ in range(n_tries):
        delay_s = longest_s * delays.random()
        found = interrupted(delay_s, *arguments)
        assert found in ((130, b"tingwen: interrupted\n"), (0, b"")), (delay_s, found)


def test_ctrl_c_is_one_line_while_a_command_is_imported(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("今天放晴。\n氣象署表示，各地氣溫回升。", encoding="utf-8")
    check_ctrl_c(4, 0.5, "script", str(source))


@pytest.mark.parametrize(
    "module", ["reader.cli.dispatch", "argparse", "asyncio", "reader.script.write"]
)
def test_ctrl_c_is_not_swallowed_by_an_import(module: str, tmp_path: Path) -> None:
    """Packages have `except:` around their imports; a finder with one stands for them all."""
    code = (
        "import os, signal, sys, time\n"
        "class Swallows:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        f"        if name == {module!r}:\n"
        "            try: os.kill(os.getpid(), signal.SIGINT); time.sleep(0.01)\n"
        "            except BaseException: pass\n"
        "sys.meta_path.insert(0, Swallows())\n"
        "from reader.cli.launch import main; main(sys.argv[1:])"
    )
    source = tmp_path / "a.txt"
    source.write_text("今天放晴。", encoding="utf-8")
    command = [sys.executable, "-c", code, "script", str(source)]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (130, b"tingwen: interrupted\n")


def test_ctrl_c_does_not_wait_for_what_nobody_types() -> None:
    assert interrupted(1.5, "script", "-") == (130, b"tingwen: interrupted\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("read", "-"),
        ("voices", "--offline"),
        ("cache", "info"),
        ("serve", "--port", "0"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_ctrl_c_is_one_line_at_any_moment(arguments: tuple[str, ...]) -> None:
    if arguments[0] == "serve":  # it says in its log that it ends
        for delay_s in (0.05, 0.2, 0.4, 0.8, 1.2):
            status, stderr = interrupted(delay_s, *arguments)
            assert (status, stderr.splitlines()[-1:]) == (130, [b"tingwen: interrupted"])
            assert b"Traceback" not in stderr
    else:
        check_ctrl_c(12, 1.0, *arguments)


def test_ctrl_c_that_is_ignored_from_outside_stays_ignored() -> None:
    code = (
        "import os, signal; signal.signal(signal.SIGINT, signal.SIG_IGN);"
        "from reader.cli import interruptible\n"
        "async def work(): os.kill(os.getpid(), signal.SIGINT); print('done')\n"
        "interruptible.run(work())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=60)
    assert done.stdout == b"done\n"


def started(*arguments: str, path: Path) -> subprocess.CompletedProcess[bytes]:
    """The command as the wheel starts it, with `path` before everything else."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join((str(path), str(ROOT)))}
    command = [sys.executable, "-m", "tingwen", *arguments]
    return subprocess.run(command, capture_output=True, check=False, env=env, cwd=path, timeout=60)


def package(folder: Path, name: str, text: str) -> Path:
    """A package of another project, beside the module that the wheel starts from."""
    (folder / name).mkdir(parents=True)
    (folder / name / "__init__.py").write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "reader" / "cli" / "entry.py", folder / "tingwen.py")
    return folder


def check_foreign(done: subprocess.CompletedProcess[bytes], name: str, path: Path) -> None:
    stderr = done.stderr.decode()
    assert (done.returncode, done.stdout, stderr.count("\n")) == (2, b"", 1), stderr
    assert stderr.startswith(f"tingwen: another package called `{name}` stands in the place")
    assert str(path / name) in stderr
    assert "environment of its own" in stderr


def test_a_foreign_api_is_named_where_it_is_needed_and_no_harm_where_not(tmp_path: Path) -> None:
    path = package(tmp_path, "api", "raise RuntimeError('an application of its own')\n")
    (path / "api" / "app.py").write_text("app = None\n", encoding="utf-8")
    check_foreign(started("serve", "--print-config", path=path), "api", path)
    check_foreign(started("keys", "new", "somebody", path=path), "api", path)
    assert started("--help", path=path).returncode == 0
    assert started("cache", "info", path=path).returncode == 0


@pytest.mark.parametrize("name", ["reader", "audio_cache"])
def test_a_foreign_package_before_ours_is_named(name: str, tmp_path: Path) -> None:
    path = package(tmp_path, name, '"""A library of its own."""\nfrom ._core import make\n')
    check_foreign(started("--help", path=path), name, path)


def test_another_reader_installed_over_ours_is_named(tmp_path: Path) -> None:
    """As pip leaves it: files of both in one folder, the `__init__.py` of the last."""
    shutil.copytree(ROOT / "reader", tmp_path / "reader")
    (tmp_path / "reader" / "__init__.py").unlink()
    (tmp_path / "other").mkdir()
    path = package(tmp_path / "other", "reader", '"""A feed reader."""\n__version__ = "3.26"\n')
    shutil.copy(path / "reader" / "__init__.py", tmp_path / "reader" / "__init__.py")
    shutil.copy(path / "tingwen.py", tmp_path / "tingwen.py")
    check_foreign(started("cache", "info", path=tmp_path), "reader", tmp_path)


@pytest.mark.parametrize(
    ("command", "absent"),
    [
        ("--help", {"asyncio", "numpy", "audio_cache", "importlib.metadata", "rich"}),
        ("read --help", {"lxml", "httpx", "aiohttp", "opencc", "api"}),
        (
            "script SOURCE",
            {"numpy", "httpx", "pypinyin", "rjieba", "aiohttp", "audio_cache", "api"},
        ),
        ("cache info", {"lxml", "opencc", "pypinyin", "rjieba", "aiohttp", "api"}),
        ("voices --offline", {"lxml", "fastapi", "rjieba", "pydantic", "api"}),
    ],
)
def test_a_command_imports_what_it_needs(command: str, absent: set[str], tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("今天放晴。", encoding="utf-8")
    arguments = command.replace("SOURCE", str(source)).split()
    code = (
        "import atexit, sys; from reader.cli.launch import main\n"
        "atexit.register(lambda: print(*sys.modules, file=sys.stderr)); main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, check=True, timeout=60
    )
    assert absent & set(done.stderr.decode().split()) == set()

"""The command line in the language of the locale, on terminals that cannot write it too."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forked_commands import run_command

HAN = re.compile("[\u3400-\u9fff]")
SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+", re.IGNORECASE)
OTHERS = ("cp1252", "ascii", "utf-8")
WRONG = (
    ("read", "nosuch.html"),
    ("read",),
    ("nosuch",),
    ("read", "nosuch.html", "--rate", "much"),
    ("cache", "prune"),
    ("voices", "install", "nosuch"),
    ("script", "nosuch.txt", "--lexicon", "nosuch.toml"),
    ("worker",),
)


def tingwen(*arguments: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name != "TINGWEN_LANG"}
    return subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        capture_output=True,
        check=False,
        env={**kept, **env},
        timeout=120,
    )


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_errors_follow_the_locale(arguments: tuple[str, ...]) -> None:
    kept = {name: value for name, value in os.environ.items() if name != "TINGWEN_LANG"}
    chinese = run_command(arguments, env={**kept, "LC_ALL": "zh_TW.UTF-8"})
    english = run_command(arguments, env={**kept, "LC_ALL": "C"})
    assert chinese.returncode == english.returncode == 2
    told = chinese.stderr.decode()
    assert HAN.search(told), told
    assert not SENTENCE.search(re.sub(r"`[^`]*`|（[^）]*）", "", told)), told
    assert not HAN.search(english.stderr.decode())
    for done in (chinese, english):
        assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(
    "encoding", ["cp950", *(pytest.param(name, marks=pytest.mark.thorough) for name in OTHERS)]
)
def test_no_encoding_of_a_terminal_makes_it_fail(tmp_path: Path, encoding: str) -> None:
    env = {"TINGWEN_LANG": "zh-TW", "PYTHONIOENCODING": encoding}
    article = tmp_path / "𠮷🙂.txt"
    article.write_text("台北今天放晴\n\n氣象署表示，𠮷野家🙂各地氣溫回升。", encoding="utf-8")
    for arguments, status in (
        (("--help",), 0),
        (("read", "--help"), 0),
        (("read", "找不到🙂.html"), 2),
        (("script", str(article)), 0),
    ):
        done = tingwen(*arguments, **env)
        assert done.returncode == status, done.stderr
        assert b"Traceback" not in done.stderr

"""The Chinese guides are true: every command in them is one that our own parser takes."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.cli.arguments import parse

ROOT = Path(__file__).resolve().parents[2]
GUIDES = (ROOT / "README.zh-TW.md", *sorted((ROOT / "docs" / "zh-TW").glob("*.md")))
_FENCE = re.compile(r"^ *```(sh|powershell)\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
_ENGLISH_SENTENCE = re.compile(r"(?:[A-Za-z']+ ){5}[A-Za-z']+")


def commands() -> Iterator[tuple[str, str]]:
    """Guide and command of every line that begins with `tingwen`."""
    for guide in GUIDES:
        for shell, block in _FENCE.findall(guide.read_text("utf-8")):
            for line in block.replace("\\\n", " ").splitlines():
                words = shlex.split(line, comments=True, posix=shell == "sh")
                if words[:1] == ["tingwen"]:
                    yield guide.name, " ".join(words[1:])


@pytest.mark.parametrize(("guide", "command"), list(commands()))
def test_every_command_is_understood(guide: str, command: str) -> None:
    words = [word.strip('"') for word in shlex.split(command, posix=False)]
    assert parse(words).command, guide


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_a_guide_is_in_chinese(guide: Path) -> None:
    text = re.sub(r"```.*?```|`[^`]*`|<[^>]*>|\([^)]*\)", "", guide.read_text("utf-8"), flags=re.S)
    assert not _ENGLISH_SENTENCE.search(text)

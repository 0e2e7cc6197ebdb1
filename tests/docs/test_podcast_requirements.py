"""Every row of docs/podcast-requirements.md says where it is from, since when, and who shows it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests" / "podcast"
_OWN = ("Apple 8", "podcasters.apple.com", "itunespartner.apple.com", "rssboard.org",
        "podcast-namespace", "rfc-editor.org", "Spotify's delivery specification")  # fmt: skip
_TEST = re.compile(r"`(test_\w+\.py)::(test_\w+)`")


def rows() -> list[list[str]]:
    text = (ROOT / "docs" / "podcast-requirements.md").read_text("utf-8")
    lines = [line.strip("|").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line] for line in lines[1:]]


def functions(name: str) -> set[str]:
    tree = ast.parse((TESTS / name).read_text("utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, kinds)}


def test_there_are_rows_of_all_three() -> None:
    whose = " ".join(row[1] for row in rows())
    assert all(name in whose for name in ("Apple", "Spotify", "Podcasting 2.0"))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0][:40])
def test_a_requirement_has_a_source_a_date_and_a_test(row: list[str]) -> None:
    requirement, whose, source, here, shown = row
    assert requirement and whose and here
    assert re.search(r"\b20\d\d(-\d\d){0,2}\b", source), "since when"
    is_own = any(name in source for name in _OWN)
    assert is_own or "unconfirmed" in source, "third parties may be wrong"
    named = _TEST.findall(shown)
    assert named, "the test that shows it"
    for file, function in named:
        assert function in functions(file), f"{file}::{function}"

"""SECURITY.md names tests that there are, and every kind that was tried is tried as often."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.attacks.kinds import TRIED

ROOT = Path(__file__).resolve().parents[2]
FILES = {path.name for path in (ROOT / "tests").rglob("test_*.py")}
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of a section's table."""
    section = TEXT.split(f"## {heading}", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines[1:]]


THREATS = rows("What is done, and the test that shows it")
KINDS = rows("Attacks by number")


@pytest.mark.parametrize("row", THREATS, ids=lambda row: row[0][:40])
def test_each_line_names_tests_that_there_are(row: list[str]) -> None:
    named = re.findall(r"`([^`]+)`", row[-1])
    assert named, row
    for name in named:
        assert name in FILES or (ROOT / name).is_file(), name


@pytest.mark.parametrize("row", KINDS, ids=lambda row: row[0][:40])
def test_each_kind_is_tried_as_often_as_it_was(row: list[str]) -> None:
    _, tried, failed, now, by = row
    assert int(now.replace(",", "")) >= int(tried.replace(",", ""))
    assert failed == "–" or int(failed) <= int(tried.replace(",", ""))
    assert all((ROOT / name).is_file() for name in re.findall(r"`([^`]+)`", by))


def test_the_kinds_are_those_that_were_tried() -> None:
    counts = sorted(int(row[1].replace(",", "")) for row in KINDS[1:])
    assert counts == sorted(TRIED.values())

"""The published Chinese suites of WeTextProcessing and NeMo, judged for Taiwan."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from reader.script import speak_form
from reader.script.taiwan import convert

SUITES = Path(__file__).parents[3] / "shared/data/normalisation.jsonl"
OVERRIDES = Path(__file__).with_name("normalisation_overrides.toml")


@pytest.fixture(scope="module")
def cases() -> list[dict[str, str]]:
    if not SUITES.exists():
        pytest.skip("../shared/data is not beside this checkout")
    return [json.loads(line) for line in SUITES.read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def overrides() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(OVERRIDES.read_text("utf-8"))


def plain(text: str) -> str:
    """Without white space, in Taiwan's characters and full-width punctuation."""
    text = convert(convert(text, "t2s"), "s2twp").translate(str.maketrans(",!?:.", "，！？：。"))
    return re.sub(r"\s", "", text).replace("臺", "台")


def test_at_most_eight_percent_are_set_aside(
    cases: list[dict[str, str]], overrides: dict[str, dict[str, dict[str, str]]]
) -> None:
    assert len(overrides["not_for_news"]) <= 0.08 * len(cases)
    assert not overrides["not_for_news"].keys() & overrides["different"].keys()


def test_all_are_read_as_in_taiwan(
    cases: list[dict[str, str]], overrides: dict[str, dict[str, dict[str, str]]]
) -> None:
    wrong = []
    for number, case in enumerate(cases):
        if str(number) in overrides["not_for_news"]:
            continue
        different = overrides["different"].get(str(number))
        expected = different["say"] if different else case["expected"]
        said = speak_form(case["input"])
        if plain(said) != plain(expected):
            wrong.append((number, case["input"], said, expected))
    assert not wrong


def test_an_override_is_needed(
    cases: list[dict[str, str]], overrides: dict[str, dict[str, dict[str, str]]]
) -> None:
    for number, entry in overrides["different"].items():
        assert entry["reason"]
        assert plain(entry["say"]) != plain(cases[int(number)]["expected"])

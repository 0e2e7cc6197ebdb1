"""Simplified to Taiwan's characters and words, and no harm to what is Traditional."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pytest

from reader.script.taiwan import Config, convert, is_simplified, to_taiwan

SHARED = Path(__file__).parents[3] / "shared/data/opencc.jsonl"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("鼠标和软件", "鼠標和軟件"),
        ("国务院总理李强", "國務院總理李強"),
        ("台湾", "台灣"),
        ("臺灣", "臺灣"),
        (
            "社區、數據、游錫堃、里長、皇后、余天、范姜",
            "社區、數據、游錫堃、里長、皇后、余天、范姜",
        ),
        ("家裏着火", "家裡著火"),
        ("任何联系方式與", "任何聯系方式與"),
        ("20年后，100余人", "20年後，100餘人"),
        ("天后宮", "天后宮"),
    ],
)
def test_to_taiwan(written: str, said: str) -> None:
    assert to_taiwan(written) == said
    assert to_taiwan(said) == said


def test_an_article_known_as_simplified_is_converted_throughout() -> None:
    assert to_taiwan("皇后的干部", simplified=True) == "皇后的幹部"


def test_which_script() -> None:
    assert is_simplified("国务院总理")
    assert not is_simplified("國務院總理")
    assert not is_simplified("")


def test_openccs_own_cases() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/data is not beside this checkout")
    cases = [json.loads(line) for line in SHARED.read_text("utf-8").splitlines()]
    for case in cases:
        assert convert(case["input"], cast(Config, case["config"])) == case["expected"]
    whole = [
        c for c in cases if c["config"] == "s2twp" and to_taiwan(c["input"], True) == c["input"]
    ]
    assert all(c["input"] == c["expected"] or not is_simplified(c["input"]) for c in whole)

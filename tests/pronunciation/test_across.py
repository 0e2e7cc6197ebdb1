"""The clause around a character, past quotation marks and Latin words."""

from __future__ import annotations

import pytest

from reader.pronunciation.across import joined_clause


@pytest.mark.parametrize(
    ("text", "clause", "place"),
    [
        ("市長為「童玩節」揭幕，", "市長為童玩節揭幕", 2),
        ("她為N B A球星維安。", "她為某某球星維安", 1),
        ("「快走」是為你好", "快走是為你好", 3),
    ],
)
def test_a_clause_goes_on_behind_a_quotation_mark(text: str, clause: str, place: int) -> None:
    joined = joined_clause(text, text.index("為"))
    assert joined is not None
    assert joined == (clause, place)
    assert joined[0][place] == "為"


def test_a_run_that_is_the_whole_clause_needs_no_joining() -> None:
    assert joined_clause("市長為活動揭幕，", 2) is None
    assert joined_clause("他說：「我為你好」就走", 5) is None

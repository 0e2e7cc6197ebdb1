"""An article made into a script: order, pauses, options."""

from __future__ import annotations

from typing import Any

import pytest

from reader.article.model import Article, Paragraph
from reader.errors import BadOptions
from reader.script import HEADLINE, ScriptOptions, write_script

ARTICLE = Article(
    title="20多州提告 川普15%關稅再陷法律戰",
    byline="編譯周辰陽／即時報導",
    published="2026-03-05",
    paragraphs=(Paragraph("第一段。第二句。"), Paragraph("😀"), Paragraph("末段", "subhead")),
)


def test_headline_byline_paragraphs_in_order() -> None:
    script = write_script(ARTICLE)
    assert [(u.paragraph, u.spoken) for u in script.utterances] == [
        (HEADLINE, "二十多州提告，川普百分之十五關稅再陷法律戰"),
        (HEADLINE, "編譯周辰陽、即時報導"),
        (0, "第一段。"),
        (0, "第二句。"),
        (1, ""),
        (2, "末段"),
    ]
    assert script.paragraphs == ("第一段。第二句。", "😀", "末段")
    assert (script.title, script.published) == (ARTICLE.title, "2026-03-05")


def test_pauses_grow_from_clause_to_headline() -> None:
    options = ScriptOptions(
        clause_pause_ms=1, sentence_pause_ms=2, paragraph_pause_ms=3, headline_pause_ms=4
    )
    script = write_script(ARTICLE, options)
    assert [u.pause_ms for u in script.utterances] == [4, 4, 2, 3, 0, 3]
    long = Article(title="", paragraphs=(Paragraph("天氣晴朗，" * 30 + "。"),))
    assert [u.pause_ms for u in write_script(long, options).utterances] == [1, 3]


def test_the_byline_may_be_left_out() -> None:
    script = write_script(ARTICLE, ScriptOptions(read_byline=False))
    assert [u.text for u in script.utterances if u.paragraph == HEADLINE] == [ARTICLE.title]


def test_simplified_text_stays_as_written() -> None:
    script = write_script(Article(title="", paragraphs=(Paragraph("国务院总理李强。"),)))
    assert script.utterances[0].text == "国务院总理李强。"
    assert script.utterances[0].spoken == "國務院總理李強。"


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_chars": 3},
        {"foreign_in_brackets": "never"},
        {"clause_pause_ms": -1},
        {"headline_pause_ms": 60_000},
    ],
)
def test_options_that_cannot_work_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(BadOptions, match=next(iter(wrong))):
        ScriptOptions(**wrong)

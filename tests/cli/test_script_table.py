"""`tingwen script` in a terminal."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from reader.article.model import Article, Paragraph
from reader.cli.script_table import render
from reader.script import Lexicon, write_script


def shown(*paragraphs: str, words: dict[str, str] | None = None, colour: bool = False) -> str:
    article = Article(title="川普15%關稅", paragraphs=tuple(Paragraph(p) for p in paragraphs))
    script = write_script(article, lexicon=Lexicon.from_words(words or {}))
    out = StringIO()
    Console(
        file=out, width=100, force_terminal=colour, color_system="standard" if colour else None
    ).print(render(script))
    return out.getvalue()


def test_text_spoken_form_and_pause_stand_side_by_side() -> None:
    row = next(line for line in shown("近5萬份檔案。").splitlines() if "近5萬份檔案。" in line)
    assert "近五萬份檔案。" in row
    assert "0.70 s" in row


def test_what_changed_is_coloured_and_nothing_else() -> None:
    coloured = shown("近5萬份檔案。", colour=True)
    assert "\x1b[1;33m5\x1b[0m" in coloured
    assert "\x1b[1;33m五\x1b[0m" in coloured
    assert "\x1b[1;33m檔" not in coloured


def test_what_is_silent_says_so() -> None:
    assert "(not read)" in shown("😀")


def test_readings_of_the_lexicon_are_shown() -> None:
    assert "qi4 ye4" in shown("企業。", words={"企業": "ㄑㄧˋ ㄧㄝˋ"})

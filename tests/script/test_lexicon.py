"""The reader's word list: what is said, how it is read, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.article.model import Article, Paragraph
from reader.errors import BadOptions
from reader.script import Lexicon, Line, Reading, load_lexicon, speak_form, write_script
from reader.script.respell import respell


def script_of(text: str, words: dict[str, str]) -> Line:
    article = Article(title="", paragraphs=(Paragraph(text),))
    return write_script(article, lexicon=Lexicon.from_words(words)).utterances[0].line


def test_a_word_is_said_as_another() -> None:
    assert script_of("TSMC（2330）大漲", {"TSMC": "台積電"}).spoken == "台積電（二三三零）大漲"


@pytest.mark.parametrize("reading", ["ㄑㄧˋ ㄧㄝˋ", "ㄑㄧˋㄧㄝˋ", "qi4 ye4", "qi4ye4", "qì yè"])
def test_a_word_has_its_reading(reading: str) -> None:
    line = script_of("中小企業3家", {"企業": reading})
    assert line == Line("中小企業三家", (Reading(2, 4, ("qi4", "ye4")),))


def test_readings_stand_where_the_word_is_after_numbers_grew() -> None:
    line = script_of("2025年12月，企業與企業。", {"企業": "qi4 ye4"})
    assert [line.spoken[r.start : r.end] for r in line.readings] == ["企業", "企業"]


def test_the_longer_word_wins() -> None:
    words = {"台灣": "台灣", "台灣大學": "台大"}
    assert script_of("台灣大學在台灣", words).spoken == "台大在台灣"


def test_either_form_of_tai_is_found() -> None:
    assert script_of("臺灣與台灣", {"台灣": "tai2 wan1"}).readings[0].syllables == ("tai2", "wan1")


def test_latin_words_are_found_whole() -> None:
    lexicon = Lexicon.from_words({"GPT": "ㄐㄧ ㄆㄧ ㄊㄧ"})
    assert speak_form("GPTs", lexicon=lexicon) == "G P Ts" or "G P T" in speak_form("GPTs")
    assert speak_form("GPT-5", lexicon=lexicon).endswith("五")


def test_text_is_never_shown_otherwise() -> None:
    article = Article(title="", paragraphs=(Paragraph("TSMC大漲。"),))
    script = write_script(article, lexicon=Lexicon.from_words({"TSMC": "台積電"}))
    assert script.utterances[0].text == "TSMC大漲。"


def test_only_the_sentences_with_the_word_change() -> None:
    article = Article(title="", paragraphs=(Paragraph("行庫放款。股市上漲。行庫獲利。"),))
    before = write_script(article).utterances
    after = write_script(article, lexicon=Lexicon.from_words({"行庫": "hang2 ku4"})).utterances
    assert [a.line != b.line for a, b in zip(before, after, strict=True)] == [True, False, True]


def test_other_voices_get_homophones_of_the_same_length() -> None:
    line = script_of("行庫與企業", {"行庫": "hang2 ku4", "企業": "qi4 ye4"})
    spelled = respell(line)
    assert len(spelled) == len(line.spoken)
    assert spelled[0] in "航杭" and spelled[2] == "與"


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text('"企業" = "ㄑㄧˋ ㄧㄝˋ"\n\n[words]\nTSMC = "台積電"\n', "utf-8")
    lexicon = load_lexicon(path)
    assert [entry.word for entry in lexicon.entries] == ["企業", "TSMC"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ('"企業" = "ㄑㄧˋ"', "line 1: '企業' has 2 characters and 1 syllable"),
        ('\n"企業" = "qi4 yyy4"', "line 2: '企業': 'yyy4' is no syllable"),
        ('"企業" = 3', "line 1: '企業' has no text"),
        ("企業 = ", "not TOML"),
        ('"" = "a"', "line 1: '' has nothing to look for"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "lexicon.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(BadOptions, match=r"lexicon\.toml") as error:
        load_lexicon(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadOptions, match="cannot be read"):
        load_lexicon(tmp_path / "none.toml")

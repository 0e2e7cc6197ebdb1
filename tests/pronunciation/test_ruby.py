"""The page of 注音."""

from reader.pronunciation.ruby import ruby_page
from reader.script.model import Reading, Script, Utterance


def page(*utterances: Utterance, title: str = "標題") -> str:
    return ruby_page(Script(title, "", "", (), utterances))


def test_zhuyin_stands_over_what_is_spoken() -> None:
    html = page(Utterance(0, 0, "不要。", "不要。", 300))
    assert "<ruby>不<rt>ㄅㄨˊ</rt></ruby><ruby>要<rt>ㄧㄠˋ</rt></ruby>。" in html


def test_a_letter_has_its_syllables_together() -> None:
    html = page(Utterance(0, 0, "W", "W", 0))
    assert '<ruby class="several">W<rt>ㄉㄚˊ ㄅㄨˋ ㄌㄧㄡ</rt></ruby>' in html


def test_headline_and_paragraphs() -> None:
    html = page(
        Utterance(0, -1, "頭條", "頭條", 500),
        Utterance(1, 0, "一。", "一。", 300),
        Utterance(2, 0, "二。", "二。", 300),
        Utterance(3, 1, "三。", "三。", 300),
        Utterance(4, 1, "", "", 0),
    )
    assert html.count("<h1>") == 1
    assert html.count("<p>") == 2
    assert html.count("<span") == 4


def test_a_lexicon_reading_is_shown() -> None:
    html = page(Utterance(0, 0, "單", "單", 0, (Reading(0, 1, ("shan4",)),)))
    assert "ㄕㄢˋ" in html


def test_what_has_no_reading_is_marked() -> None:
    html = page(Utterance(0, 0, "★", "★", 0), Utterance(1, 0, "好", "好", 0))
    assert '<span class="doubtful" title="★" id="u0">' in html


def test_a_reading_that_is_no_syllable_is_shown_as_an_error() -> None:
    wrong = Utterance(0, 0, "好", "好", 0, (Reading(0, 1, ("xyz9",)),))
    html = page(wrong, Utterance(1, 0, "好", "好", 0))
    assert 'class="error" id="u0"' in html
    assert "<ruby>好<rt>ㄏㄠˇ</rt></ruby>" in html


def test_text_is_escaped() -> None:
    html = page(title="<script>&")
    assert "<title>&lt;script&gt;&amp;" in html

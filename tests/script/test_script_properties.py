"""What holds for any text at all."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reader.article.model import Article, Paragraph
from reader.script import ScriptOptions, speak_form, split_sentences, write_script

SPOKEN = re.compile(
    "[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U000323af〇々A-Za-z，。！？；：、「」『』（）—… ]*"
)
HAN = re.compile("[\u4e00-\u9fff]")

PIECES = [
    "川普", "2025年", "3", "、", "4天", "第2", "名", "（", "）", "「", "」", "『", "』", "。",
    "，", "！", "？", "…", "...", "-", "~", "～", "%", "1,234", ".5", "12:30", "3:2", "1/2",
    "NT$", "US$5", "kg", "km/h", "°C", "-5", "NBA", "iPhone 17", "Google", "U.S.", "F-16",
    "5G", "https://a.tw/b?c=1", "a@b.tw", "😀", "※", " ", "\n", "，\n", "说", "国", "Ⅲ",
    "①", "２", "Ａ", "\"", "'", "&", "@", "#", "/", "\\", "=", "+", ">", "<", "^_^",
    "(≧▽≦)", "·", "の", "ㄅ", "é", "臺", "裏", "0912-345-678", "2330", "0050", "ABC-1234",
    "vs.", "No.1", "萬", "億", "月", "日", "時", "分", "樓", "號", "—", "他說",
]  # fmt: skip
newsish = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
mixed = st.lists(st.one_of(st.sampled_from(PIECES), st.characters()), max_size=10).map("".join)
anything = st.one_of(st.text(max_size=60), newsish, mixed)


@settings(max_examples=600, deadline=None)
@given(anything)
def test_a_spoken_form_holds_only_what_a_voice_can_say(text: str) -> None:
    spoken = speak_form(text)
    assert SPOKEN.fullmatch(spoken), spoken


@settings(max_examples=800, deadline=None)
@given(anything)
@example("（A）B")
@example("3（AB）")
@example("「」。，")
@example("A.B.C")
def test_a_spoken_form_is_what_is_said_for_itself(text: str) -> None:
    spoken = speak_form(text)
    assert speak_form(spoken) == spoken


traditional = st.one_of(
    st.sampled_from("川普總統預定月底訪問北京財政部長與臺灣的里長皇帝姜先生干擾台北"),
    st.sampled_from(PIECES[:40]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(traditional, max_size=30).map("".join))
def test_no_han_character_of_a_traditional_text_is_lost(text: str) -> None:
    outside = re.sub("（[^（）]*）", "", text)
    spoken = iter(speak_form(text))
    assert all(char in spoken for char in HAN.findall(outside)), speak_form(text)


@settings(max_examples=500, deadline=None)
@given(anything)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(split_sentences(text)) == text
    assert all(split_sentences(text)) or not text


@settings(max_examples=300, deadline=None)
@given(st.lists(anything, max_size=4), anything, st.integers(20, 60))
def test_the_utterances_of_a_paragraph_joined_are_the_paragraph(
    paragraphs: list[str], title: str, max_chars: int
) -> None:
    article = Article(title=title, paragraphs=tuple(Paragraph(text) for text in paragraphs))
    script = write_script(article, ScriptOptions(max_chars=max_chars))
    assert script.paragraphs == tuple(paragraphs)
    for number, text in [(-1, title), *enumerate(paragraphs)]:
        texts = [u.text for u in script.utterances if u.paragraph == number]
        assert "".join(texts) == text
        assert all(len(piece) <= max_chars for piece in texts)
    assert [u.index for u in script.utterances] == list(range(len(script.utterances)))


def test_every_character_alone_is_said_or_silent() -> None:
    for code in (*range(0x3400), *range(0xF900, 0x10000), *range(0x1F000, 0x1FB00)):
        assert SPOKEN.fullmatch(speak_form(chr(code))), hex(code)


def test_lone_surrogates_are_silent_and_lost_nowhere() -> None:
    text = "\ud800川普訪問北京" * 30
    assert "\ud800" not in speak_form(text)
    script = write_script(Article(title="", paragraphs=(Paragraph(text),)))
    assert "".join(u.text for u in script.utterances) == text

"""The classifiers of the commonest polyphones: what they were not shown, and what they leave."""

from importlib.resources import files

import pytest

from reader.pronunciation import pinyin
from reader.pronunciation.dictionary_words import official_readings
from reader.pronunciation.trained import classifiers, trained_reading
from reader.script.model import Line

UNSEEN = [
    ("她為鄰居修好水龍頭。", "為", "wei4"),
    ("球場為中部規模最大。", "為", "wei2"),
    ("隊伍綿延十公里長。", "長", "chang2"),
    ("幕僚長說，院長下午返國。", "長", "zhang3"),
    ("店員狼狽地收拾。", "地", "de5"),
    ("他誠摯地向家屬致歉。", "地", "de5"),
    ("產地在南部。", "地", "di4"),
    ("業者終究得漲價。", "得", "dei3"),
    ("消息傳得沸沸揚揚。", "得", "de5"),
    ("央行祭出重手。", "重", "zhong4"),
    ("戰火重燃。", "重", "chong2"),
    ("他分三年還清欠款。", "還", "huan2"),
    ("漲幅居冠。", "冠", "guan4"),
]


@pytest.mark.parametrize(("text", "character", "reading"), UNSEEN)
def test_a_sentence_that_was_not_shown_is_read_by_its_meaning(
    text: str, character: str, reading: str
) -> None:
    at = [c for c in text if "一" <= c <= "鿿"].index(character)

    assert pinyin(Line(text))[at] == reading


def test_a_dictionary_word_keeps_its_reading() -> None:
    expected = "zhong4 yao4 de5 chang2 jiang1 wei4 he2 de2 jiang3 huan2 yuan2"
    assert pinyin(Line("重要的長江為何得獎還原")) == expected.split()


def test_the_weights_are_small_and_know_only_readings_of_taiwan() -> None:
    table = files("reader.pronunciation").joinpath("data/readings.npz")

    assert len(table.read_bytes()) < 2_000_000
    for character, classifier in classifiers().items():
        known = official_readings()[character] | {"de5", "dei3"}
        assert set(classifier.readings) <= known


def test_a_character_that_was_not_learnt_is_left_to_the_rules() -> None:
    assert trained_reading("台灣", 0, "else tai2") is None


@pytest.mark.parametrize("text", ["為", "為為為", "得得", "長" * 40])
def test_text_of_polyphones_alone_has_a_reading_each(text: str) -> None:
    assert len(pinyin(Line(text))) == len(text)

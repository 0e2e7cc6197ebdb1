"""注音 and the syllables of the voice."""

import json

import platformdirs
import pytest

from reader.pronunciation import zhuyin
from reader.pronunciation.inventory import SYLLABLES, speakable
from reader.script.zhuyin import pinyin_of_zhuyin

SPELLED = [
    ("zhong1", "ㄓㄨㄥ"),
    ("guo2", "ㄍㄨㄛˊ"),
    ("de5", "˙ㄉㄜ"),
    ("lv4", "ㄌㄩˋ"),
    ("lve4", "ㄌㄩㄝˋ"),
    ("ju3", "ㄐㄩˇ"),
    ("yuan2", "ㄩㄢˊ"),
    ("shi4", "ㄕˋ"),
    ("er2", "ㄦˊ"),
    ("weng1", "ㄨㄥ"),
    ("xiong2", "ㄒㄩㄥˊ"),
    ("jiu3", "ㄐㄧㄡˇ"),
    ("hui4", "ㄏㄨㄟˋ"),
    ("lun2", "ㄌㄨㄣˊ"),
]


@pytest.mark.parametrize(("pinyin", "symbols"), SPELLED)
def test_zhuyin_and_back(pinyin: str, symbols: str) -> None:
    assert zhuyin(pinyin) == symbols
    assert pinyin_of_zhuyin(symbols) == pinyin


@pytest.mark.parametrize("tone", "12345")
def test_every_syllable_of_the_voice_has_its_own_zhuyin(tone: str) -> None:
    written = {zhuyin(base + tone) for base in SYLLABLES}
    assert len(written) == len(SYLLABLES)
    assert {pinyin_of_zhuyin(symbols)[:-1] for symbols in written} == SYLLABLES


@pytest.mark.parametrize("wrong", ["", "zhong", "zhong6", "xyz1", "5"])
def test_what_is_no_syllable_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="Not a pinyin syllable"):
        zhuyin(wrong)


def test_what_is_no_zhuyin_is_refused() -> None:
    with pytest.raises(ValueError, match="Not one syllable"):
        pinyin_of_zhuyin("ㄅㄅ")


NEAREST = [
    ("lüe4", ("lve4",)),
    ("lu:4", ("lv4",)),
    ("lue4", ("lve4",)),
    ("ê4", ("ei4",)),
    ("huar1", ("hua1", "er5")),
    ("jv4", ("ju4",)),
    ("yai2", ("ya2",)),
    ("m2", ("mu2",)),
    ("qqq1", None),
    ("hao", None),
]


@pytest.mark.parametrize(("pinyin", "said"), NEAREST)
def test_nearest_syllable(pinyin: str, said: tuple[str, ...] | None) -> None:
    assert speakable(pinyin) == said


def test_the_voice_has_every_syllable_in_every_tone() -> None:
    mappers = list(platformdirs.user_data_path("tingwen").rglob("baker_mapper.json"))
    if not mappers:
        pytest.skip("the weights of the embedded voice are not installed")
    mapper = json.loads(mappers[0].read_text("utf-8"))
    known = mapper["pinyin_dict"]
    assert set(known) >= SYLLABLES
    finals = {known[base][1] for base in SYLLABLES}
    assert {final + tone for final in finals for tone in "12345"} <= set(mapper["symbol_to_id"])

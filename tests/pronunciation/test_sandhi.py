"""一, 不 and third tones."""

import pytest

from reader.pronunciation import pinyin, pronounce
from reader.script.model import Line


def heard(text: str) -> str:
    return " ".join(s.pinyin for c in pronounce(Line(text)) for s in c.syllables)


ONE_AND_NOT = [
    ("一定", "yi2 ding4"),
    ("一起", "yi4 qi3"),
    ("一天", "yi4 tian1"),
    ("一個人", "yi2 ge5 ren2"),
    ("第一名", "di4 yi1 ming2"),
    ("一月一號", "yi1 yue4 yi1 hao4"),
    ("二十一歲", "er4 shi2 yi1 sui4"),
    ("一百一十萬", "yi4 bai3 yi4 shi2 wan4"),
    ("一萬一千元", "yi2 wan4 yi4 qian1 yuan2"),
    ("二零二一年", "er4 ling2 er4 yi1 nian2"),
    ("一一九專線", "yi1 yi1 jiu3 zhuan1 xian4"),
    ("百分之一", "bai3 fen1 zhi1 yi1"),
    ("原因之一是統一", "yuan2 yin1 zhi1 yi1 shi4 tong3 yi1"),
    ("零點一", "ling2 dian3 yi1"),
    ("禮拜一上班", "li3 bai4 yi1 shang4 ban1"),
    ("看一看", "kan4 yi2 kan4"),
    ("不要", "bu2 yao4"),
    ("不會不好", "bu2 hui4 bu4 hao3"),
    ("不一樣", "bu4 yi2 yang4"),
    ("絕不！對", "jue2 bu4 dui4"),
]

THIRD_TONES = [
    ("總統府", "zong2 tong2 fu3"),
    ("我很好", "wo3 hen2 hao3"),
    ("展覽館", "zhan2 lan2 guan3"),
    ("小組老師", "xiao2 zu2 lao3 shi1"),
    ("好，我走", "hao3 wo2 zou3"),
]


@pytest.mark.parametrize(("text", "expected"), ONE_AND_NOT)
def test_one_and_not(text: str, expected: str) -> None:
    assert " ".join(pinyin(Line(text))) == expected


@pytest.mark.parametrize(("text", "expected"), THIRD_TONES)
def test_third_tones_rise_in_what_is_heard(text: str, expected: str) -> None:
    assert heard(text) == expected


def test_pinyin_has_third_tones_before_their_sandhi() -> None:
    assert pinyin(Line("我很好")) == ["wo3", "hen3", "hao3"]

"""Readings of whole sentences: what decides a polyphone in Taiwan."""

import pytest

from reader.errors import Unpronounceable
from reader.pronunciation import doubtful_characters, pinyin
from reader.script.model import Line, Reading

SENTENCES = [
    # 為 長 個 著 質 期 and the neutral tone: what others miss
    ("他認為因為天氣", "ta1 ren4 wei2 yin1 wei4 tian1 qi4"),
    ("為了孩子成為家長", "wei4 le5 hai2 zi5 cheng2 wei2 jia1 zhang3"),
    ("市長長期關心增長率", "shi4 zhang3 chang2 qi2 guan1 xin1 zeng1 zhang3 lv4"),
    ("這個人有個人風格", "zhe4 ge5 ren2 you3 ge4 ren2 feng1 ge2"),
    ("沿著河岸的著名景點", "yan2 zhe5 he2 an4 de5 zhu4 ming2 jing3 dian3"),
    ("穿著打扮和衣著", "chuan1 zhuo2 da3 ban4 he2 yi1 zhuo2"),
    ("他睡著了，不要著急", "ta1 shui4 zhao2 le5 bu2 yao4 zhao1 ji2"),
    ("品質與人質", "pin3 zhi2 yu3 ren2 zhi4"),
    ("星期一到期", "xing1 qi2 yi1 dao4 qi2"),
    ("朋友喜歡漂亮的衣服", "peng2 you3 xi3 huan1 piao4 liang4 de5 yi1 fu2"),
    ("先生知道學生的名字", "xian1 sheng1 zhi1 dao4 xue2 sheng1 de5 ming2 zi5"),
    ("我們爸爸的石頭和鏡頭", "wo3 men5 ba4 ba5 de5 shi2 tou5 he2 jing4 tou2"),
    # words that Taiwan reads in its own way
    ("企業研究微波技術", "qi4 ye4 yan2 jiu4 wei2 bo1 ji4 shu4"),
    ("垃圾車攜帶檔案", "le4 se4 che1 xi1 dai4 dang3 an4"),
    ("癌症發炎的頭髮", "ai2 zheng4 fa1 yan2 de5 tou2 fa3"),
    # everyday polyphones of the news
    ("銀行行員重新調整行程", "yin2 hang2 hang2 yuan2 chong2 xin1 tiao2 zheng3 xing2 cheng2"),
    ("警方調查重大案件", "jing3 fang1 diao4 cha2 zhong4 da4 an4 jian4"),
    ("業者應該適應供應鏈", "ye4 zhe3 ying1 gai1 shi4 ying4 gong1 ying4 lian4"),
    ("還款還沒有處理", "huan2 kuan3 hai2 mei2 you3 chu3 li3"),
    ("到處都是首都的都會區", "dao4 chu4 dou1 shi4 shou3 du1 de5 du1 hui4 qu1"),
    ("得到的獎金值得珍惜", "de2 dao4 de5 jiang3 jin1 zhi2 de5 zhen1 xi2"),
    ("將軍將領將要參加音樂會", "jiang1 jun1 jiang4 ling3 jiang1 yao4 can1 jia1 yin1 yue4 hui4"),
    ("股價下跌，房價看漲", "gu3 jia4 xia4 die2 fang2 jia4 kan4 zhang3"),
    ("曾文水庫曾經乾涸", "zeng1 wen2 shui3 ku4 ceng2 jing1 gan1 he2"),
    ("會計師會開會", "kuai4 ji4 shi1 hui4 kai1 hui4"),
    ("命中率落在高中球隊中", "ming4 zhong4 lv4 luo4 zai4 gao1 zhong1 qiu2 dui4 zhong1"),
    # two characters that look like a word of the dictionaries, and are none here
    ("因為政府讓五百人離開", "yin1 wei4 zheng4 fu3 rang4 wu3 bai3 ren2 li2 kai1"),
    ("它們是少數的例子", "ta1 men5 shi4 shao3 shu4 de5 li4 zi5"),
    ("明朝的港口都有古蹟", "ming2 chao2 de5 gang3 kou3 dou1 you3 gu3 ji1"),
    ("港都有岸電，站都會塞車", "gang3 dou1 you3 an4 dian4 zhan4 dou1 hui4 sai1 che1"),
    ("發生強烈地震", "fa1 sheng1 qiang2 lie4 di4 zhen4"),
    ("伺服器端的資料看起來", "si4 fu2 qi4 duan1 de5 zi1 liao4 kan4 qi3 lai2"),
    ("飛行員還要求提供給他", "fei1 xing2 yuan2 hai2 yao1 qiu2 ti2 gong1 gei3 ta1"),
    (
        "貿易戰將拖累毛利率百分之五",
        "mao4 yi4 zhan4 jiang1 tuo1 lei4 mao2 li4 lv4 bai3 fen1 zhi1 wu3",
    ),
    ("舉重選手在行動中受傷", "ju3 zhong4 xuan3 shou3 zai4 xing2 dong4 zhong1 shou4 shang1"),
    ("襲擊中喪生的人", "xi2 ji2 zhong1 sang4 sheng1 de5 ren2"),
    ("成為著名的中油加油站", "cheng2 wei2 zhu4 ming2 de5 zhong1 you2 jia1 you2 zhan4"),
    ("好行觀光巴士與暖暖包", "hao3 xing2 guan1 guang1 ba1 shi4 yu3 nuan3 nuan3 bao1"),
    ("朝鮮勞動黨與蒙古國", "chao2 xian1 lao2 dong4 dang3 yu3 meng2 gu3 guo2"),
    ("蘋果公司屬於單一股東", "ping2 guo3 gong1 si1 shu3 yu2 dan1 yi1 gu3 dong1"),
    ("安娜獲得金牌", "an1 na4 huo4 de2 jin1 pai2"),
    ("非法傾倒廢棄物", "fei1 fa3 qing1 dao4 fei4 qi4 wu4"),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentence(text: str, expected: str) -> None:
    assert " ".join(pinyin(Line(text))) == expected


def test_mainland_readings_on_request() -> None:
    assert pinyin(Line("星期企業"), accent="cn") == ["xing1", "qi1", "qi3", "ye4"]


def test_simplified_text_is_read_too() -> None:
    assert pinyin(Line("银行行长")) == ["yin2", "hang2", "hang2", "zhang3"]


def test_the_lexicon_wins_over_everything() -> None:
    line = Line("銀行姓單", (Reading(1, 2, ("xing2",)), Reading(3, 4, ("shan4",))))
    assert pinyin(line) == ["yin2", "xing2", "xing4", "shan4"]


def test_a_lexicon_reading_takes_part_in_sandhi() -> None:
    assert pinyin(Line("一樂", (Reading(1, 2, ("yao4",)),))) == ["yi2", "yao4"]


def test_the_lexicon_may_voice_a_foreign_word() -> None:
    line = Line("NVIDIA 上漲", (Reading(0, 6, ("hui1", "da2")),))
    assert pinyin(line) == ["hui1", "da2", "shang4", "zhang3"]


def test_a_lexicon_entry_may_reach_over_letters_and_characters() -> None:
    line = Line(
        "3M 口罩與T恤衫", (Reading(0, 2, ("san1", "ai4", "mu5")), Reading(6, 8, ("ti1", "xu4")))
    )
    assert " ".join(pinyin(line)) == "san1 ai4 mu5 kou3 zhao4 yu3 ti1 xu4 shan1"


def test_the_lexicon_may_give_a_word_fewer_syllables_than_characters() -> None:
    assert pinyin(Line("花兒", (Reading(0, 2, ("huar1",)),))) == ["hua1", "er5"]


@pytest.mark.parametrize(
    ("text", "named"), [("價格★上漲", "★"), ("好棒😀", "😀"), ("成長 5%", "%")]
)
def test_a_character_without_a_reading_is_passed_over_and_named(text: str, named: str) -> None:
    assert pinyin(Line(text))
    assert doubtful_characters(Line(text)).unsaid == (named,)


def test_a_lexicon_reading_that_is_no_syllable_is_named() -> None:
    with pytest.raises(Unpronounceable, match="xyz9"):
        pinyin(Line("好", (Reading(0, 1, ("xyz9",)),)))


@pytest.mark.parametrize("character", ["龘", "㗎", "囍", "犇"])
def test_rare_characters_have_a_reading(character: str) -> None:
    assert len(pinyin(Line(character))) == 1

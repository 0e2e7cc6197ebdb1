"""The syllables that the embedded voice can say, and the nearest one for those it cannot.

The voice's table has 417 syllables without tone, and every one of them in tones 1–5
(`pinyin_dict` and `symbol_to_id` of the weights' mapper; a test compares when they are
installed). Everything that leaves this package goes through `speakable`.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ROWS = """
a ai an ang ao  e ei en eng er  o ou  ng
ba bai ban bang bao be bei ben beng bi bian biao bie bin bing bo bu
ca cai can cang cao ce cen ceng ci cong cou cu cuan cui cun cuo
cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun chuo
da dai dan dang dao de dei den deng di dia dian diao die ding diu dong dou du duan dui dun duo
fa fan fang fei fen feng fo fou fu
ga gai gan gang gao ge gei gen geng gong gou gu gua guai guan guang gui gun guo
ha hai han hang hao he hei hen heng hong hou hu hua huai huan huang hui hun huo
ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun
ka kai kan kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo
la lai lan lang lao le lei leng li lia lian liang liao lie lin ling liu lo long lou lu luan lun luo
lv lve
ma mai man mang mao me mei men meng mi mian miao mie min ming miu mo mou mu
na nai nan nang nao ne nei nen neng ni nia nian niang niao nie nin ning niu nong nou nu nuan nuo
nv nve
pa pai pan pang pao pe pei pen peng pi pian piao pie pin ping po pou pu
qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun
ran rang rao re ren reng ri rong rou ru rua ruan rui run ruo
sa sai san sang sao se sen seng si song sou su suan sui sun suo
sha shai shan shang shao she shei shen sheng shi shou shu shua shuai shuan shuang shui shun shuo
ta tai tan tang tao te tei teng ti tian tiao tie ting tong tou tu tuan tui tun tuo
wa wai wan wang wei wen weng wo wu
xi xia xian xiang xiao xie xin xing xiong xiu xu xuan xue xun
ya yan yang yao ye yi yin ying yo yong you yu yuan yue yun
za zai zan zang zao ze zei zen zeng zi zong zou zu zuan zui zun zuo
zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong zhou zhu zhua zhuai zhuan zhuang zhui
zhun zhuo
"""
SYLLABLES: frozenset[str] = frozenset(_ROWS.split())
"""Toneless syllables of the voice, ü written v."""

_NEAREST = dict(
    pair.split(":")
    for pair in [
        "lue:lve",
        "nue:nve",
        "lvan:luan",
        "lvn:lun",
        "nun:nen",
        "ê:ei",
        "eh:ei",
        "m:mu",
        "n:en",
        "r:er",
        "hm:heng",
        "hng:heng",
        "yai:ya",
        "cei:cui",
        "sei:sai",
        "pia:piao",
        "biang:bian",
        "fiao:biao",
        "fiang:fang",
        "wong:weng",
        "shong:song",
        "din:ding",
        "tin:ting",
        "kiang:qiang",
        "kin:qin",
        "gin:jin",
        "ging:jing",
    ]
)
_FORM = re.compile(r"([a-zêü]+)([1-5])")


@lru_cache(maxsize=8192)
def speakable(pinyin: str) -> tuple[str, ...] | None:
    """The voice's syllables for one pinyin syllable with a tone digit; None if there is none.

    Usually one. Erhua written into the syllable (`huar1`) becomes two: the syllable and
    a neutral `er5`. ü may be written `ü`, `u:` or `v`.
    """
    match = _FORM.fullmatch(pinyin.replace("u:", "v").replace("ü", "v").lower())
    if match is None:
        return None
    base, tone = match.groups()
    if base in SYLLABLES:
        return (base + tone,)
    nearest = _NEAREST.get(base)
    if nearest in SYLLABLES:
        return (nearest + tone,)
    if base[0] in "jqxy" and "v" in base:
        return speakable(base.replace("v", "u") + tone)
    if base.endswith("r") and base[:-1] in SYLLABLES:
        return (base[:-1] + tone, "er5")
    return None

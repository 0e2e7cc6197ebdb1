"""Names of people in running text: what stands before and after a surname, and given names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

_ADDRESSES = (
    "姓|先生|女士|小姐|太太|小弟|小妹|同學|姓男|男(?!子[高排足籃羽]|[女友生性星籃排足童孩])|"
    "女(?![子性生友星籃排足童孩兒])|嫌|婦|翁|母(?![校親語公])|父(?!母)"
    "|醫師|醫生|老師|議員|立委|委員|教授|律師|檢察官|法官|警員|員警|里長|鄉長|鎮長|村長|"
    "局長|處長|市長|縣長|部長|院長"
    "|校長|董事長|經理|總經理|老闆|教練|隊長|主任|記者|博士|先發|太公|爸|媽|家人|家大宅|氏(?!症)"
)
ADDRESS = re.compile(_ADDRESSES)
SURNAME_SAID = re.compile(r"姓(?![名氏])")
TITLE = re.compile(
    r"(?:發言人|導演|演員|編劇|教練|主任|主播|主持人|主廚|模特兒|市民|里民|村民|居民|民眾|經理|代表|總監|幹事|專員|助理|秘書|祕書|"
    r"[上中少准]校|[上中少]尉|[上中下]士|士官|飛官|司令|總裁|前鋒|後衛|中鋒|院士|校友|屋主|車主|地主|業者|被告|死者|傷者|乘客|騎士|駕駛|司機|"
    r"董事|監事|理事|主席|大使|公使|總統|總理|首相|同學|學弟|學妹|新秀|名將|老將|藝人|網紅|記者|"
    r"教授|律師|醫師|藥師|護理師|老師|議員|立委|委員|[里局校部院處科市縣鄉鎮區社會隊團所署廳次組課室班廠店館站段董議]長|(?:理事|董事|監事|秘書|祕書|執行|檢察|財務|營運|技術|研發|檢察總|參謀|總)長|檢察官|法官|警員|歌手|投手|"
    r"捕手|野手|選手|作家|畫家|學者|專家)$"
)
"""What says who the person is whose name follows."""
BEFORE_NAME = re.compile(
    TITLE.pattern + r"|(?:^|[，。、；：！？「」『』（）— ]|"
    r"[員長手者師授家官委揆席理總神王后哥姐姊弟妹翁婦嫌犯友工主士帥兵警記星人傅董生霸花將"
    r"或與和及由對向給被是叫讓找替請為跟於在的說黨])$"
)
NO_NAME = frozenset(
    "在是於任赴獲被有為向對到從與和因以說想把遭受當做吃住去來看用見提擁入經仔多一兩三數公大再也不沒未被出進參發表先隨坐替揭屢促"
)
"""After 曾 the adverb and after other words that are no surname."""


@cache
def _scores() -> dict[str, tuple[float, float]]:
    table = files("reader.script").joinpath("given_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {row[0]: (float(row[1]), float(row[2])) for row in rows}


_UNKNOWN = (-0.5, -0.5)
_CHARACTERS = 2
_LIKELY = 2.5
"""Least sum of both characters' logarithms; at 2.5 the news has no false name, "
"see bench/audit."""


def given_name_score(text: str) -> float:
    """How much likelier two characters are as a given name than in running text (logarithm); of
    less or more than two, not at all."""
    if len(text) != _CHARACTERS:
        return -math.inf
    first, second = (_scores().get(character, _UNKNOWN) for character in text)
    return first[0] + second[1]


def is_given_name(text: str, *, is_word: bool = False, at_least: float = _LIKELY) -> bool:
    """Whether two characters look like a given name; an everyday word must look twice "
    "as much so."""
    if len(text) < 2 or text[0] in NO_NAME:
        return False
    return given_name_score(text) > (2 * _LIKELY if is_word else at_least)


def surname_places(text: str, character: str) -> Iterator[int]:
    """Where a character stands as a surname: before 姓, a form of address or a given name."""
    for match in re.finditer(re.escape(character), text):
        before, after = text[: match.start()], text[match.end() :]
        said = SURNAME_SAID.match(after) or before.endswith("姓")
        named = ADDRESS.match(after) or is_given_name(after[:2])
        if said or (named and BEFORE_NAME.search(before)):
            yield match.start()

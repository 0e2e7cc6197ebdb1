"""What must be seen before characters are folded: mark-up, glosses, and signs that need company.

Each step looks at signs that lose their meaning when every character gets its plain form: a
circle among numerals is a zero, 注音 in brackets is a gloss, a repetition mark repeats.
"""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

from reader.script.characters import HAN
from reader.script.tables import table

_BREAK = re.compile(
    r"\[(?:pause|break|silence|停頓)\s*[:=：]?\s*[\d.]*\s*(?:ms|s|秒)?\]|<break\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_SSML = re.compile(
    r"</?(?:speak|p|s|w|prosody|emphasis|voice|say-as|phoneme|sub|lang|audio|mark|bookmark|"
    r"desc|lexicon|meta|token"
    r"|mstts:[\w-]{1,40}|amazon:[\w-]{1,40})(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_GLOSS = re.compile(
    r"[（(](?=[^（()）]{0,40}[ㄅ-ㄩ])(?:[讀念唸音作為同注:：]{0,4})[\sㄅ-ㄭ一丨ㅡ˙ˊˇˋˉ、，,/或‧·]{1,40}[）)]"
)
_FACE = re.compile(
    rf"[（(](?=[^（()）]*[^\s（()）\x00-\x7f，。！？；：、])[^（()）{HAN}A-Za-z0-9ㄅ-ㄩぁ-ヿ，。！？；：、「」]{{2,20}}[）)][︵┻━╯ノﾉ]*"
)
_NUMERALS = "一二三四五六七八九〇零"
_CIRCLED_YEAR = re.compile(
    rf"(?<![{_NUMERALS}○◯十百千萬])[{_NUMERALS}○◯]{{2,8}}(?![十百千])|[一二][九OＯ○〇][OＯ○{_NUMERALS}]{{2}}(?=年)"
)
_CIRCLE = re.compile("[○◯OＯ〇]")
_CIRCLED_DIGITS = re.compile(r"(?<=\d)[○◯](?=[\d○◯]|年)")
_HIDDEN = re.compile(
    rf"(?<=[{HAN}])(?<![{_NUMERALS}十百千萬])(?:○{{2,}}|◯{{2,}}|[○◯](?=[{HAN}]))(?![{_NUMERALS}○◯十百千萬])"
    rf"|(?<=[「『“])(?:○{{2,}}|◯{{2,}})(?=[{HAN}])(?![{_NUMERALS}十百千萬])"
)
"""What an author hides: 王○明, 林○○, 「○○飲料」."""
_DOT_OF_NAME = re.compile(r"(?<![\d０-９])．|．(?![\d０-９])")
_REPEATED = re.compile(rf"([{HAN}])々")
_SPACED = re.compile(rf"(?<![{HAN}])(?:[{HAN}][ 　]){{2,40}}[{HAN}](?![{HAN}])")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])[’ʼ＇](?=[A-Za-z]{1,2}(?![A-Za-z]))")
_POWER = re.compile(r"(?<=[\dA-Za-z）])[⁺⁻]?(?:[⁰⁴-⁹][⁰¹²³⁴-⁹]*|[¹²³][⁰¹²³⁴-⁹]+|(?<=[⁺⁻])[¹²³])")
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", "⁺")
_LIST_NUMBER = re.compile(rf"(?<=[{HAN}」）])[ 　]+(?=\d{{1,2}}[.、][ 　]?[{HAN}「『])")
_DEGREE = re.compile(
    r"兩(?=[至到、]三度[燒灼燙凍]{1,2}傷)"
    r"|(?<![曾再後].)(?<=[\d%％成部為屬呈臂腿臉背手腳身膚積胸頸])兩(?=度[燒灼燙凍]{1,2}傷)"
)
"""手臂兩度灼傷 is said 二度 by its degree; 他兩度燒傷 happened twice."""
_ODD_QUOTE = re.compile("[《》]")
_SQUARE_UNITS = re.compile(r"(?<![\d.,０-９])[㎀-㏿]")


def prepare(text: str) -> str:
    """The text with mark-up silent, glosses gone, and signs that belong together as one."""
    if _TOUCHED.search(text) is None:
        return text
    text = _DEGREE.sub("二", text)
    text = _SSML.sub("", _BREAK.sub("，", text))
    text = _FACE.sub("", _GLOSS.sub("", text))
    text = text.translate(_whole_characters())
    text = _REPEATED.sub(r"\1\1", text).replace("々", "")
    text = _CIRCLED_DIGITS.sub("0", _CIRCLED_YEAR.sub(_with_zeros, text))
    text = _HIDDEN.sub(lambda match: "某" * len(match.group()), text)
    text = _DOT_OF_NAME.sub("·", text)
    text = _POWER.sub(lambda match: "^" + match.group().translate(_SUPERSCRIPT), text)
    text = _SQUARE_UNITS.sub(lambda match: _units()[match.group()], text)
    text = _SPACED.sub(lambda match: re.sub("[ 　]", "", match.group()), text)
    text = _APOSTROPHE.sub("'", text)
    return _LIST_NUMBER.sub("，", _pair(text))


_TOUCHED = re.compile(
    r"兩度[燒灼燙凍]|兩[至到、]三度|"
    r"[’ʼ＇<\[ㄅ-ㄩ○◯OＯ．々⁺⁻⁰-⁹²³《》㎀-㏿\u2e80-\u2ef3\u3000 "
    r"瓩兛兝兞兡兣嗧瓧-瓼竍竏竓竕竡竰籵粁粍粨糎唡浬噚𠮷髙﨑栁濵]|"
    r"[（(][^（()）\u4e00-\u9fffA-Za-z0-9]{2}"
)


def _with_zeros(match: re.Match[str]) -> str:
    """二○二七 and 二O二七, where the circles stand among numerals; 陳○○ is a name that "
    "is hidden."""
    text = match.group()
    return text if set(text) <= set("○◯") else _CIRCLE.sub("零", text)


@cache
def _whole_characters() -> dict[int, str]:
    """CJK radicals that PDFs paste, to the characters that they stand for (Unicode's table of
    equivalent unified ideographs); units such as 瓩 to their syllables."""
    data = table("signs.toml")
    return {ord(k): str(v) for k, v in (data["radicals"] | data["han"]).items()}


@cache
def _units() -> dict[str, str]:
    """Units of one character (㎡) to what is said where no digit stands before them."""
    said = table("units.toml")["units"]
    folded = {c: normalize("NFKC", c) for c in map(chr, range(0x3380, 0x3400))}
    units = {c: str(said.get(unit, unit)).replace("{}", "") for c, unit in folded.items()}
    return units | {k: str(v) for k, v in table("signs.toml")["alone"].items()}


def _pair(text: str) -> str:
    """A lone 》 is the pause after a headline's rubric (NBA》); a lone 《 is nothing."""
    if text.count("《") == text.count("》"):
        return text
    depth = 0
    out: list[str] = []
    for char in text:
        if char == "》" and depth == 0:
            out.append("，")
            continue
        depth += (char == "《") - (char == "》")
        out.append(char)
    return "".join(out)

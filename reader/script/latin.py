"""Foreign words: which are said as words, which are spelled, and how the sentence says so.

In a spoken form single capitals set apart by spaces are spelled (N B A) and a run of two
letters or more is a word (Google). The known words stand in latin.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from reader.script.tables import longest_first, table

_SPELLED_AT_MOST = 5
"""A longer run of capitals with a vowel in it is a shouted word, not an abbreviation."""

_ENGLISH = frozenset(("am", "id", "led", "ok", "pm", "un", "who"))
"""Abbreviations which, with a capital in front, are English words or names."""

_WORD = re.compile(r"[A-Za-z]+(?:['’.][A-Za-z]+)*\.?")
_PARTS = re.compile(r"[A-Z]{2,}(?=[A-Z][a-z]{2,})|[A-Z]{2,}s?(?![a-z])|[A-Z]?[a-z]+|[A-Z]")
_INITIALS = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]\.\s?){2,}(?:[A-Za-z](?![A-Za-z]))?")


def say_fixed(text: str) -> str:
    """Names and abbreviations that latin.toml says how to say."""
    text = _TITLE.sub(_title, text)
    return _fixed().sub(lambda match: str(table("latin.toml")["say"][match.group()]), text)


_TITLE = re.compile(
    r"(?<![A-Za-z0-9.&/+-])(?:(Mr)[. ]{0,2}|(Mrs|Ms|Dr)[. ]{1,2}|(MR|MRS|MS|DR)\. ?"
    r"|(MR) (?=[A-Z][a-z]{2}))(?=[A-Z]|(?<=\.)[\u4e00-\u9fff]|(?<=\. )[\u4e00-\u9fff])"
)
_MIXED_REALITY = re.compile(
    "(?<![A-Za-z])[AVX]R(?![A-Za-z])|實境|虛擬|頭[戴盔]|眼鏡|核磁|共振|影像"
)
"""What tells that MR is a technique."""
_TECHNIQUE = re.compile("Headset|Glass|Device|Lab|Studio|App|Display|Reality|Platform|Scan")


def _title(match: re.Match[str]) -> str:
    """'Mr Perry' and 'MR Wish' are Mister; 'MR Headset' is a technique."""
    if match[4] and (
        _MIXED_REALITY.search(match.string) or _TECHNIQUE.match(match.string, match.end())
    ):
        return match.group()
    word = next(group for group in match.groups() if group)
    return str(table("latin.toml")["say"][word.title() + "."]) + " "


def say_words(text: str) -> str:
    """Every Latin word in its spoken form: 'NBA的Google' is 'N B A的Google'."""
    text = _INITIALS.sub(lambda match: _spell(re.sub(r"[.\s]", "", match.group())) + " ", text)
    text = _SURNAME.sub(lambda match: match[1] + match[2].title(), text)
    text = _LY.sub("", text)
    text = _SHOUTED_NAME.sub(lambda match: _as_words(match.group()), text)
    return _WORD.sub(lambda match: _word(match.group()), text)


@lru_cache(maxsize=1)
def _fixed() -> re.Pattern[str]:
    words = longest_first(list(table("latin.toml")["say"]))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{words})(?![A-Za-z0-9])")


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    data = table("latin.toml")
    return frozenset(data["words"]), frozenset(data["spelled"])


@lru_cache(maxsize=8192)
def _word(text: str) -> str:
    stop = "." if text.endswith(".") else ""
    text = re.sub(r"['’]", "", text.rstrip("."))
    return " ".join(_piece(piece) for piece in text.split(".")) + stop


def _piece(word: str) -> str:
    as_words, spelled = _words()
    if len(word) == 1:
        return word.upper()
    if word in spelled or (word.istitle() and word.lower() in spelled - _ENGLISH):
        return _spell(word)
    if word.isupper():
        return _capitals(word, as_words)
    if word.islower() or word.istitle():
        return word if _has_vowel(word) else _spell(word)
    return _mixed(word)


def _capitals(word: str, as_words: frozenset[str]) -> str:
    """'YAHOO' and 'BLUE' are words; 'ETNEWS' is E T News, letters before a word."""
    if word in as_words:
        return word
    if word in _everyday():
        return word if _is_shouted(word) else word.title()
    if word[-1] == "S" and word[:-1] in _everyday():
        return word.title()
    for at in range(2, len(word) - 2):
        if at < 4 and _is_letters_then_word(word[:at], word[at:]):
            return f"{_spell(word[:at])} {word[at:].title()}"
        if at > 2 and word[:at] in _everyday() and word[at:] in _everyday():
            return f"{word[:at].title()} {word[at:].title()}"
    said = _is_shouted(word) and _UNSAYABLE.search(word) is None
    return word if said or _SOUNDS.fullmatch(word) else _spell(word)


def _is_letters_then_word(letters: str, word: str) -> bool:
    """'ET' and 'NEWS', 'QR' and 'CODE'."""
    if word in _AFTER_LETTERS and not _has_vowel(letters[1:]):
        return True
    return letters.lower() in _words()[1] and len(word) > 3 and word in _everyday()


_ONSETS = "[BCFGKP][LR]|[DT]R|[CSTW]H|S[CKLMNPTW]|TW"
_SOUNDS = re.compile(
    "[B-DF-HJ-NP-TV-XZ][AEIOU][B-DF-HJ-NP-TV-XZ][AEIOUY]"
    "|(?=.{5})(?!AI|IA|UE)[B-DF-HJ-NP-TV-XZ]{0,2}[AEIOUY]{1,2}[B-DF-HJ-NP-TV-XZ]{1,2}[AEIOUY]{1,2}[B-DF-HJ-NP-TV-XZ]?"
    f"|(?=.{{5}}$)(?:{_ONSETS})[AEIOUY]{{1,2}}[B-DF-HJ-NP-TV-XZ]{{1,2}}"
)
"""Capitals that have the shape of a word and are one mostly (PUMA, MILLE, ISSEY, KLOOK)."""
_UNSAYABLE = re.compile(
    "^(?![A-Z]?[LR]?[AEIOUY]|S[A-Z][LR]?[AEIOUY]|[CPSTW]H[LMNRW]?[AEIOUY]|MC|TS|GN|KN|DW|GW|TW)"
    "|(?!GHT|TCH|CKS|NGS|RST|RTH|NGT|XTR|NST|MPL|NGL|NDS|LTH|RTS|SCH|STR|NDR|GHL|NCH|WTH)"
    "[B-DF-HJ-NP-TV-XZ]{4}"
    "|(?<![AEIOUY])[VJQ][B-DF-HJ-NP-TV-XZ]"
)
"""Capitals that no mouth forms (UKVFTA): letters, however many they are."""
_SHOUTED_NAME = re.compile(r"(?<![A-Za-z])[A-Z]{2,}(?: [A-Z]{2,})+(?![A-Za-z])")


_SURNAME = re.compile(
    r"(?<![A-Za-z])([A-Z][a-z]+(?: [A-Z][a-z]+)?(?: (?:de|da|di|du|del|van|von|der|la|le|bin|al))*)"
    r"((?: (?:(?:D[EAIU]|DEL|L[AE]|VAN|VON|DER|BIN|AL|EL)(?= [A-Z]{3}))| "
    r"(?!OLED|AMOLED|IMAX|ASEAN|OPEC|UEFA|FIFA|ASIC|EMBA)"
    r"(?=[A-Z]{4})[B-DF-HJ-NP-TV-XZ]{0,3}[AEIOUY]{1,2}[B-DF-HJ-NP-TV-XZ]{1,3}"
    r"(?:[AEIOUY][A-Z]*)?)+)(?![A-Za-z])"
)
"""A surname in capitals after a name (Michel KLEIN, Ines de LA FRESSANGE)."""
_LY = re.compile(r"(?<=[a-z])\.(?=ly(?![A-Za-z]))")
"""Names made of an address: Musical.ly is one word."""


def _as_words(text: str) -> str:
    """Capitals side by side of which one is a word: the others that can be said are words too
    (MICHAEL KORS, SAY NO); SONY TV is a word and letters."""
    words = text.split()
    as_words, spelled = _words()
    if not any(_is_surely_word(word) for word in words):
        return text
    return " ".join(
        word.title()
        if word not in as_words and word.lower() not in spelled and _NEIGHBOUR.fullmatch(word)
        else word
        for word in words
    )


def _is_surely_word(word: str) -> bool:
    listed = word in _words()[0] and len(word) > 2
    return listed or word in _everyday() or len(word) > _SPELLED_AT_MOST


_NEIGHBOUR = re.compile(
    "(?=.{3,}$)[B-DF-HJ-NP-TV-XZ]{0,2}[AEIOUY]{1,2}[B-DF-HJ-NP-TV-XZ]{0,2}(?:[AEIOUY].*)?"
    "|[BGHMNS][EO]|OF|TO|BY|WE|MY|AT|IS|IT|BE|IN|ON|UP|OR|AN|AS|DO|IF|SO|US"
)


_AFTER_LETTERS = frozenset(
    (
        "NEWS",
        "BOX",
        "LIVE",
        "SHOP",
        "STORE",
        "RADIO",
        "MUSIC",
        "PLUS",
        "MALL",
        "CARD",
        "PAY",
        "ONE",
        "GO",
        "BANK",
        "HOME",
        "TOWN",
        "DAY",
        "TECH",
    )
)
"""Words that names of stations and shops have after their letters (ETNEWS, KKBOX)."""


@lru_cache(maxsize=1)
def _everyday() -> frozenset[str]:
    text = files("reader.script").joinpath("english.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.upper() for line in lines for word in line.split())


_CAPITALS_THEN = re.compile("([A-Z]{2,})([a-z]{3,})")


def _mixed(word: str) -> str:
    """'iPhone' and 'YouTube' are words; in 'ChatGPT' and 'OpenAI' the capitals are spelled;
    'STARtracker' is two words, 'DJsoda' letters and a word."""
    joined = _CAPITALS_THEN.fullmatch(word)
    if joined is not None and (joined[1] in _words()[0] or joined[1] in _everyday()):
        return f"{joined[1].title()} {joined[2]}"
    if joined is not None and joined[1].lower() in _words()[1] and joined[2].upper() in _everyday():
        return f"{_spell(joined[1])} {joined[2]}"
    parts = _PARTS.findall(word)
    if not any(len(part.rstrip("s")) > 1 and part.rstrip("s").isupper() for part in parts):
        return word if _has_vowel(word) else _spell(word)
    return " ".join(_piece(p.rstrip("s")) if p.rstrip("s").isupper() else _piece(p) for p in parts)


def _is_shouted(word: str) -> bool:
    return len(word) > _SPELLED_AT_MOST and _has_vowel(word)


def _has_vowel(word: str) -> bool:
    return bool(re.search("[aeiouyAEIOUY]", word))


def _spell(word: str) -> str:
    return " ".join(word.upper())

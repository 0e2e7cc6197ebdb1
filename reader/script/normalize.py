"""From what is written to what is said: the steps, in their order."""

from __future__ import annotations

import re
from html import unescape

from reader.script import latin, unspoken
from reader.script.characters import HAN, fold
from reader.script.lexicon import Entry, Lexicon
from reader.script.model import Line, Reading
from reader.script.options import ScriptOptions
from reader.script.preparation import prepare
from reader.script.punctuation import punctuate
from reader.script.rules import apply_rules
from reader.script.taiwan import is_simplified, to_taiwan

_MOST_PASSES = 4
_LATIN_OR_BRACKET = re.compile("[A-Za-z（]")
_SPACES = re.compile(" {2,}")
_STRAY_QUOTE = re.compile(r"(?<![A-Za-z\d])['’`]|(?<=[A-Za-z])['’`](?![A-Za-z])")
_UNSPACED = re.compile(rf"[{HAN}][\dA-Za-z]|[\dA-Za-z][{HAN}]")
_BEFORE_AMOUNT = "增減達點約共有近逾於至為是收報第漲跌破到升降剩僅超高低下"
"""What goes on with an amount: a space after it is no pause."""
_PROSE = re.compile("[。；]|，.*，")
_BRAND_NAMES = """
小米 紅米 三星 蘋果 華碩 宏碁 微星 技嘉 輝達 超微 索尼 谷歌 微軟 華為 真我 一加 任天堂 特斯拉
賓士 寶馬 奧迪 福斯 豐田 本田 日產 現代 起亞 富豪 保時捷 馬自達 納智捷 速霸陸 波音 空巴
"""
_BRANDS = "".join(f"(?<!{brand})" for brand in _BRAND_NAMES.split())
"""What goes on with the name of a model."""
_NO_MEASURE = r"(?![十百千萬億兆日號時]|[年月](?=[\d底初中內前後起]))"
"""What goes on with the number before a space: 2020年6 月底, but no 增3 年增5%."""
_PAUSE_BY_HAN = re.compile(
    rf"(?<=[{HAN}]{{2}}){_BRANDS}(?: +(?=[A-Za-z$])|(?<![{_BEFORE_AMOUNT}]) +(?=\d))"
    rf"|(?<=[{HAN}%]) +(?=[{HAN}]{{2}})"
    rf"|(?<=[{HAN}]\d)(?<!第\d) +(?=[{HAN}]{{1,2}}\d){_NO_MEASURE}"
    r"|(?<=連\d[漲跌升降勝敗霸]) +(?=\d)"
)
_PAUSE_AFTER_POINTS = re.compile(
    r"(?:(?<=[\d萬億千百]點)|(?<=\d 點)) +(?=\d)"
    r"(?!\d{1,2} ?分(?![之鐘])|[0-5]\d(?: ?[-~至到起開前後，。、]|$))"
)
"""漲211點 3大指數 is no decimal number; 7點 30分 is a time."""
_RANKED = "名位屆次期季章節代批棒局劑針"
"""What stands after an ordinal that a space set by a machine follows: 第2 名."""
_PAUSE_AFTER_LATIN = re.compile(
    rf"(?:(?<=[{HAN}][A-Za-z]|成\d)|(?<=[\dA-Za-z.][\dA-Za-z])(?<! \d\d)) +"
    rf"(?=[{HAN}]{{3}}|[{HAN}]{{1,2}}[A-Za-z])"
    rf"|(?:(?<=第\d)|(?<=第\d\d)) +(?=[{HAN}]{{2}})(?![{_RANKED}])"
)
_SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}]) +(?=[\dA-Za-z$¤¥€£+-])|(?<=[\dA-Za-z%‰°]) +(?=[{HAN}])")
_BARE_DOLLAR = re.compile(r"(?<![A-Za-z$])\$(?=\s?\d)")
_HEARD_HAN = re.compile(rf"[{HAN}]")
_HEARD = re.compile(rf"[{HAN}A-Za-z]")
_DEFAULT = ScriptOptions()
_NO_WORDS = Lexicon.empty()


def speak_form(
    text: str,
    options: ScriptOptions = _DEFAULT,
    lexicon: Lexicon = _NO_WORDS,
    *,
    simplified: bool | None = None,
) -> str:
    """What is said for `text`: Han characters, Latin, and Chinese punctuation, nothing else.

    Spoken forms are fixed points: what is said for a spoken form is that form. Empty where
    nothing is to be heard. `simplified` says that the article around it is in Simplified
    characters; left out, the text is judged by itself. Never raises.
    """
    return speak(text, options, lexicon, simplified=simplified).spoken


def speak(
    text: str,
    options: ScriptOptions = _DEFAULT,
    lexicon: Lexicon = _NO_WORDS,
    *,
    simplified: bool | None = None,
) -> Line:
    """What a voice is asked to say for `text`, with the readings that the lexicon fixes."""
    text = _SPACES.sub(" ", fold(prepare(unescape(text) if "&" in text else text)))
    if simplified is None:
        simplified = is_simplified(text)
    text = _own_currency(to_taiwan(text, simplified or None), simplified)
    text, words = lexicon.mark(text)
    spoken = _settle(text, options)
    if _HEARD.search(spoken) is None:
        return Line("")
    line = _drop_marks(spoken, words, options) if words else Line(spoken)
    if lexicon.surnames:
        named = lexicon.surname_readings(line.spoken, line.readings)
        line = Line(line.spoken, tuple(sorted((*line.readings, *named), key=lambda r: r.start)))
    return line


def _settle(text: str, options: ScriptOptions) -> str:
    """The words, gone over again until nothing changes.

    Once is enough but for curious texts: 第^V is 第V only when the sign between is gone, and
    what is then said must be what is said for 第V.
    """
    spoken = _in_words(text, options)
    for _ in range(_MOST_PASSES):
        if _LATIN_OR_BRACKET.search(spoken) is None:
            break
        before, spoken = spoken, _in_words(spoken, options)
        if spoken == before:
            break
    return spoken


def _in_words(text: str, options: ScriptOptions) -> str:
    """The steps, in their order: what is silent goes, then numbers, then foreign words."""
    if _WRITTEN.search(text):
        text = _without_typography(_STRAY_QUOTE.sub("", text))
        text = unspoken.without_addresses(text, options.name_addresses)
        text = unspoken.without_faces(text)
        text = unspoken.foreign_names(text, options.foreign_in_brackets == "both")
        text = latin.say_fixed(text)
        text = apply_rules(text)
        text = latin.say_words(text)
    return punctuate(text)


def _own_currency(text: str, simplified: bool) -> str:
    """A bare $ in a Taiwan text, a bare ¥ in a Mainland one, is the money of the place: 元."""
    if simplified:
        return text.replace("¥", "¤")
    return _BARE_DOLLAR.sub("¤", text) if "$" in text and _HEARD_HAN.search(text) else text


def _without_typography(text: str) -> str:
    """Without the space that some set between Han characters and what is not Han.

    Where an author does not set it elsewhere in the text, a space is a pause: a headline's
    聯手提告 20多州, 狂飆9K 台東體中. A headline has no full stop; prose that sets the space
    here and there has (核心PCE年增達 5.2%).
    """
    text = _PAUSE_AFTER_POINTS.sub("，", text)
    if _UNSPACED.search(text):
        if _PROSE.search(text) is None:
            text = _PAUSE_AFTER_LATIN.sub("，", text)
        text = _PAUSE_BY_HAN.sub("，", text)
    return _SPACE_BY_HAN.sub("", text)


def _drop_marks(spoken: str, words: dict[str, Entry], options: ScriptOptions) -> Line:
    """The lexicon's words in place of their marks."""
    out: list[str] = []
    readings: list[Reading] = []
    length = 0
    for char in spoken:
        entry = words.get(char)
        if entry is None:
            piece = char
        elif entry.syllables:
            piece = entry.say
            readings.append(Reading(length, length + len(piece), entry.syllables))
        else:
            piece = speak_form(entry.say, options)
        if piece and out and _is_latin(out[-1][-1]) and _is_latin(piece[0]) and entry is not None:
            piece = " " + piece
        out.append(piece) if piece else None
        length += len(piece)
    return Line("".join(out), tuple(readings))


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


_WRITTEN = re.compile(rf"[^{HAN}，。！？；：、「」『』—…]")

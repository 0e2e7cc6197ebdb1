"""What is written and never said: addresses of the web, kaomoji, the brackets' foreign names."""

from __future__ import annotations

import re

from reader.script.characters import HAN

_URL = re.compile(
    r"(?:https?://|ftp://|www\.)[\w\-./?%&=#~+:@,;!$*]*[\w/#=]"
    r"|(?<![\w.@])(?:[A-Za-z0-9-]{1,63}\.){1,5}(?:com|org|net|gov|edu|tw|io|jp|hk|cn|uk|me|cc|ly|be)"
    r"(?:/[\w\-./?%&=#~+:@]*[\w/#=])",
    re.ASCII,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)
_ACCOUNT = re.compile(r"(?<![\w@])@(?=[A-Za-z_])", re.ASCII)
_DOMAIN = re.compile(r"(?<=[A-Za-z0-9])\.(?=(?:com|org|net|gov|edu|tw|io|ai|tv|me)(?![A-Za-z]))")
_COUNTRIES = "nz|au|uk|jp|kr|hk|cn|sg|th|ph|vn|de|fr|es|nl|eu|ca|ru|pl|br|mx|za"
_DOMAIN_OF_COUNTRY = re.compile(
    rf"(?<=[a-z0-9])\.(co|com|org|net|gov|govt|edu|ac|or|ne|go)\."
    rf"({_COUNTRIES}|my|id|it|us|ch|se|il|tr|in|at)(?![A-Za-z.])"
    rf"|(?<=[a-z0-9][a-z0-9])\.({_COUNTRIES})(?![A-Za-z.])",
    re.ASCII,
)
_IN_BRACKETS = re.compile("（[A-Za-z0-9.-]{1,60}$")
_NAMED_ALREADY = re.compile(
    r"(?:網址|網站|官網|連結|信箱|[Ee]-?mail|郵件|網頁|專頁)[是為於：:（(\s]*$"
)

_FACE = re.compile(
    r"[（][^（）\w" + HAN + r"]{2,20}[）][︵┻━╯ノ]*"
    r"|(?<![\w])(?:\^[_.o\-]?\^|>[_.]<|=[_.]=|[TQ]_[TQ]|[Oo]_[Oo]|-_-|:-?[)(DPp]|;-?\)|@@|XDD+|orz|QAQ)(?![\w])",
    re.ASCII,
)
_FOREIGN = re.compile(
    rf"(?<=[{HAN}」』》A-Za-z0-9])[\s#*^`\\'@$]*（\s?(?![A-Z]\s?）)((?:\d{{1,4}}(?:st|nd|rd|th)?\s)?[A-Za-z][^（）\u3400-\u9fff]*)）"
)
_SPACED_FOREIGN = re.compile(_FOREIGN.pattern + rf" +(?=[{HAN}])")
_PROSE = re.compile("[。；]|，.*，")
_FOREIGN_FIRST = re.compile(
    rf"(?<=[{HAN}」』》])\s?（\s?[A-Za-z][A-Za-z .'·-]*[，,、；]\s?(?=[^（）A-Za-z][^（）]*）)"
)


def without_addresses(text: str, name: bool) -> str:
    """Web and mail addresses named (網址, 電子信箱) where the words before do not, or gone."""
    text = _URL.sub(lambda match: _name_kind(match, "網址") if name else "", text)
    text = _EMAIL.sub(lambda match: _name_kind(match, "電子信箱") if name else "", text)
    text = _DOMAIN_OF_COUNTRY.sub(_country_end, _ACCOUNT.sub("", text))
    return _DOMAIN.sub("點", text)


def _country_end(match: re.Match[str]) -> str:
    """'.co.nz' is 點co點N Z, '.de' 點D E; in brackets behind a name it is not said."""
    before, after = match.string[: match.start()], match.string[match.end() :]
    if _IN_BRACKETS.search(before) and after.startswith("）"):
        return match.group()
    kind = f"點{match[1]}" if match[1] else ""
    return f"{kind}點{' '.join((match[2] or match[3]).upper())}"


def _name_kind(match: re.Match[str], kind: str) -> str:
    before = match.string[max(0, match.start() - 12) : match.start()]
    return "" if _NAMED_ALREADY.search(before) else kind


def without_faces(text: str) -> str:
    """Kaomoji such as ^_^ and (≧▽≦) are silent."""
    return _FACE.sub("", text)


def foreign_names(text: str, both: bool) -> str:
    """賴海哲（Robert Lighthizer） is said in Chinese alone, or in both languages."""
    if not both:
        text = _FOREIGN_FIRST.sub("（", text)
    if both:
        return _FOREIGN.sub(r"，\1，", text)
    if _PROSE.search(text):  # a space behind the bracket is set by a machine, no pause
        text = _SPACED_FOREIGN.sub("", text)
    return _FOREIGN.sub("", text)

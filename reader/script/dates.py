"""Two numbers with a slash, a fraction or a day of the year; two years from and to."""

from __future__ import annotations

import re
from math import gcd

from reader.script import numbers

_FRACTION = re.compile(
    r"(?P<sign>-)?(?:(?P<w>\d+)[又 ])?(?P<a>\d+)\s?/\s?(?P<b>\d+)(?P<sure>是.*)?", re.DOTALL
)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})")
_RARE_DENOMINATOR = 13
"""Nobody writes a fraction in such parts behind a name."""


def fraction(text: str) -> str:
    """'-1/3', '1又1/5'; what is no proper fraction but a day of the year is a date: '5/5'."""
    match = _FRACTION.fullmatch(text)
    if match is None:
        return text
    a, b = match["a"], match["b"]
    plain = not (match["sign"] or match["w"] or match["sure"])
    if plain and int(b) <= int(a) <= 12 and int(b) <= 31:
        return f"{numbers.number(a)}月{numbers.number(b)}日"
    whole = numbers.number(match["w"]) + "又" if match["w"] else ""
    sign = "負" if match["sign"] else ""
    return f"{sign}{whole}{numbers.number(b)}分之{numbers.number(a)}{match['sure'] or ''}"


def listed_days(text: str) -> str:
    """'韓國（3/2）、日本（3/4）' are days when one of them is no fraction that anyone says."""
    pairs = [(int(a), int(b)) for a, b in _DAY.findall(text)]
    possible = all(0 < a <= 12 and 0 < b <= 31 for a, b in pairs)
    odd = any(a >= b or b >= _RARE_DENOMINATOR or gcd(a, b) > 1 for a, b in pairs)
    if not (possible and odd):
        return text
    return _DAY.sub(lambda match: f"{numbers.number(match[1])}月{numbers.number(match[2])}日", text)


_YEARS = re.compile(r"(\d{4})\s?([至到~-])\s?(\d{2,4})")
_MOST_YEARS = 60
"""So far apart are two years that are told together; what is further is two amounts."""


def year_range(text: str) -> str:
    """'2018至2019' is 二零一八至二零一九, '1986至87' 一九八六至八七; '2000至1950' is left."""
    match = _YEARS.fullmatch(text)
    if match is None:
        return text
    first, last = match[1], match[1][: 4 - len(match[3])] + match[3]
    if not 0 < int(last) - int(first) <= _MOST_YEARS:
        return text
    joint = match[2] if match[2] in "至到" else "到"
    return numbers.digits(first) + joint + numbers.digits(match[3])

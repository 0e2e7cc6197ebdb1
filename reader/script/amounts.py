"""Amounts with their units: measures, rates, money, and their ranges."""

from __future__ import annotations

import re
from decimal import Decimal

from reader.script import numbers
from reader.script.tables import longest_first, table

_AMOUNT = r"[-+]?\d[\d,]*(?:\.\d+)?(?:[十百千萬億兆]{1,3}(?:[\d,]*\d(?:\.\d+)?)?)*"
_MEASURE = re.compile(rf"(?P<q>{_AMOUNT})(?P<more>[多餘]?)\s*(?P<u>.+)")
_MEASURES = re.compile(
    rf"(?P<a>{_AMOUNT})\s*(?P<u1>[^-~—到至\d\s]*)\s*(?P<to>[-~—到至])\s*(?P<b>{_AMOUNT})\s*(?P<u>.*)"
)
_RANGE_OF = re.compile(rf"(?P<a>{_AMOUNT})\s?(?P<to>[-~—到至])\s?(?P<b>{_AMOUNT})\s?(?P<u>.*)")
_CURRENCY = longest_first(list(table("currencies.toml")))
_MONEY = re.compile(
    rf"(?P<cur>{_CURRENCY})\s*(?P<q>{_AMOUNT})(?P<more>[多餘]?)(?P<unit>.*)", re.DOTALL
)
_MONEY_RANGE = re.compile(
    rf"(?P<cur>{_CURRENCY})\s*(?P<a>{_AMOUNT})\s*(?P<to>[-~—到至])\s*(?:{_CURRENCY})?\s*(?P<b>{_AMOUNT})"
)
SIGNS = {"-": "負", "−": "負", "+": "正"}


def signed(text: str) -> str:
    """An amount with its sign: '-1.5億' is 負一點五億."""
    sign = SIGNS.get(text[0], "")
    return sign + (ordinal(text[1:]) if sign else count_quantity(text))


def count_quantity(text: str) -> str:
    """An amount before what is counted."""
    return numbers.quantity(text) if _scaled(text) else numbers.count(text)


def ordinal(text: str) -> str:
    """An amount where a lone 2 is 二."""
    return numbers.quantity(text) if _scaled(text) else numbers.number(text)


def _scaled(text: str) -> bool:
    return any(c in numbers.SCALES for c in text)


def to(text: str) -> str:
    """What joins the ends of a range: a sign is 到, 至 and 到 stay as written."""
    for char in text:
        if char in "至到、":
            return char
    return "到"


def measure(text: str) -> str:
    """'25kg' is 二十五公斤, '-5°C' is 攝氏零下五度."""
    match = _MEASURE.fullmatch(text)
    if match is None:
        return text
    q, unit = match["q"], match["u"]
    minus = "零下" if "°" in unit and q.startswith("-") else ""
    spoken = minus + (count_quantity(q[1:]) if minus else signed(q)) + match["more"]
    return str(table("units.toml")["units"][unit]).format(spoken)


def measure_range(text: str) -> str:
    """'25-30°C' is 攝氏二十五到三十度."""
    match = _MEASURES.fullmatch(text)
    if match is None:
        return text
    unit = match["u"]
    say = _below_zero if "°" in unit else signed
    spoken = say(match["a"]) + to(match["to"]) + say(match["b"])
    return str(table("units.toml")["units"][unit]).format(spoken)


def _below_zero(text: str) -> str:
    return "零下" + count_quantity(text[1:]) if text.startswith("-") else count_quantity(text)


def rate(text: str) -> str:
    """'35μg/m³' is 每立方公尺三十五微克, '50元/公斤' is 每公斤五十元."""
    amount, _, per = text.partition("/")
    per = table("units.toml")["per"].get(per, per)
    ends = _RANGE_OF.fullmatch(amount)
    if ends is not None:
        both = count_quantity(ends["a"]) + to(ends["to"]) + count_quantity(ends["b"])
        template = table("units.toml")["units"].get(ends["u"], "{}" + ends["u"])
        return f"每{per}{template.format(both)}"
    bare = re.fullmatch(_AMOUNT, amount.strip()) is not None
    match = None if bare else _MEASURE.fullmatch(amount)
    if match is None:
        return f"每{per}{count_quantity(amount.strip())}"
    unit = table("units.toml")["units"].get(match["u"], "{}" + match["u"])
    return f"每{per}{unit.format(count_quantity(match['q']))}"


def money(text: str) -> str:
    """'NT$1,000' is 新台幣一千元; a 元 that is written already is not said twice."""
    match = _MONEY.fullmatch(text)
    return text if match is None else _amount_of(match["cur"], signed(match["q"]) + match["more"])


def money_after(text: str) -> str:
    """'100 USD' is 一百美元."""
    match = re.fullmatch(rf"(?P<q>{_AMOUNT})\s*(?P<cur>{_CURRENCY})", text)
    return text if match is None else _amount_of(match["cur"], signed(match["q"]))


def money_range(text: str) -> str:
    """'NT$100-200' is 新台幣一百到兩百元."""
    match = _MONEY_RANGE.match(text)
    if match is None:
        return text
    amount = signed(match["a"]) + to(match["to"]) + signed(match["b"])
    return _amount_of(match["cur"], amount)


_LATIN_SCALES = {
    "K": 10**3,
    "M": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "B": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "T": 10**12,
    "trillion": 10**12,
}
_SCALED_MONEY = re.compile(rf"(?P<cur>{_CURRENCY})\s*(?P<q>[\d,.]+)\s*(?P<scale>[A-Za-z]+)")


def money_scaled(text: str) -> str:
    """'US$1.5B' is 十五億美元."""
    match = _SCALED_MONEY.fullmatch(text)
    if match is None:
        return text
    value = Decimal(match["q"].replace(",", "")) * _LATIN_SCALES[match["scale"]]
    return _amount_of(match["cur"], _in_scales(value))


def _in_scales(value: Decimal) -> str:
    """A large amount as newspapers write it: 1500000000 is 十五億, 1234000000 is 十二點三四億."""
    for scale, size in (("兆", 10**12), ("億", 10**8), ("萬", 10**4)):
        if value >= size:
            return numbers.quantity(f"{(value / size).normalize():f}{scale}")
    return numbers.count(f"{value.normalize():f}")


def _amount_of(currency: str, spoken: str) -> str:
    return str(table("currencies.toml")[currency]).format(spoken)

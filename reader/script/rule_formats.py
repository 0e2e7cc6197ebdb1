"""The formats of rules.toml: how a matched piece of text is said.

Each reader takes the text of a group, which is never empty, and gives Han characters or
Latin. A rule's template names them: {y:digits}年 says the group `y` digit by digit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from reader.script import numbers
from reader.script.amounts import (
    SIGNS,
    count_quantity,
    measure,
    measure_range,
    money,
    money_after,
    money_range,
    money_scaled,
    ordinal,
    rate,
    signed,
    to,
)
from reader.script.codes import (
    code_with_check,
    digit_list,
    dotted,
    model,
    numbered,
    rating_signs,
    spelled,
    telephone,
)
from reader.script.dates import fraction, listed_days, year_range
from reader.script.tables import table

Reader = Callable[[str], str]


def clock(text: str) -> str:
    """'14:05' is 十四點零五分, '2:00' is 兩點, '13:10:36' has its seconds."""
    hour, *rest = (int(part) for part in re.split("[:：]", text))
    spoken = ("兩" if hour == 2 else numbers.number(str(hour))) + "點"
    if not rest or not any(rest):
        return spoken
    minute = rest[0]
    spoken += ("零" if 0 < minute < 10 else "") + numbers.number(str(minute)) + "分"
    if len(rest) > 1 and rest[1]:
        spoken += numbers.number(str(rest[1])) + "秒"
    return spoken


def hyphenated(text: str) -> str:
    """'3-1' is a score, 三比一; '1-3' is a range, 一到三."""
    first, _, second = text.partition("-")
    sign = "比" if int(first) >= int(second) or first == "0" else "到"
    return numbers.number(first) + sign + numbers.number(second)


def greater_first(text: str) -> str:
    """'3-2' between teams is 三比二; what rises is no score, and left to other rules."""
    first, _, second = text.partition("-")
    return hyphenated(text) if int(first) >= int(second) else text


def branch(text: str) -> str:
    """The second branch of a house number: '-3' is 之三."""
    return "之" + numbers.number(text[1:])


def power(text: str) -> str:
    """'6' is 的六次方, '-6' is 的負六次方."""
    return f"的{'負' if text[0] == '-' else ''}{numbers.number(text.lstrip('-'))}次方"


def decimals(text: str) -> str:
    """'.25' is 點二五."""
    return "點" + numbers.digits(text[1:])


def versus(text: str) -> str:
    """A further number of a ratio."""
    return "比" + numbers.number(text)


def operator(text: str) -> str:
    """A mathematical sign between numbers."""
    return str(table("numerals.toml")["operators"].get(text, ""))


def about(text: str) -> str:
    """'3、4' is 三四, '2、300' is 兩三百, '2、30' is 二三十."""
    first, _, second = text.partition("、")
    scale = ("", "十", "百", "千")[len(second) - 1]
    say = numbers.number if scale == "十" else numbers.count
    return say(first) + say(second[0]) + scale


_CLOCKS = re.compile(r"([01]?\d|2[0-4])[:：]([0-5]\d)")


def _are_clocks(text: str) -> bool:
    """Whether pairs with colons are times: full or half hours, or rising by five minutes."""
    pairs = re.findall(r"(\d+)[-:：](\d+)", text)
    found = _CLOCKS.findall(text)
    if "-" in text or len(found) != len(pairs):
        return False
    minutes = [int(minute) for _, minute in found]
    times = [60 * int(hour) + int(minute) for hour, minute in found]
    rises = all(a < b for a, b in pairwise(times))
    return (rises and all(minute % 5 == 0 for minute in minutes)) or all(
        minute in (0, 30) for minute in minutes
    )


def sets(text: str) -> str:
    """'21-15、19-21' are scores, 比, unless ranges that rise, 到; 10:00、14:00 are times."""
    if _are_clocks(text):
        return re.sub(r"\d+[:：]\d+", lambda match: clock(match.group()), text)
    pairs = re.findall(r"(\d+)([-:：])(\d+)", text)
    sign = "比" if any(mark != "-" or int(a) >= int(b) for a, mark, b in pairs) else "到"
    return re.sub(
        r"(\d+)[-:：](\d+)",
        lambda match: numbers.number(match[1]) + sign + numbers.number(match[2]),
        text,
    )


def primes(text: str) -> str:
    """'5\'30"' is 五分三十秒; '6\'2"', with no more than eleven inches, is 六呎二吋."""
    first, second = re.findall(r"\d+", text)
    if len(second) == 1 or second in ("10", "11"):
        return f"{numbers.count(first)}呎{numbers.number(second)}吋"
    return f"{numbers.count(first)}分{seconds(second)}秒"


def seconds(text: str) -> str:
    """'05' is 零五, '2' is 兩."""
    return numbers.digits(text) if text[0] == "0" else numbers.count(text)


def roman(text: str) -> str:
    """'XIV' is 十四."""
    values = [{"I": 1, "V": 5, "X": 10}[char] for char in text.upper()]
    after = [*values[1:], 0]
    return numbers.number(str(sum(-a if a < b else a for a, b in zip(values, after, strict=True))))


def angle(text: str) -> str:
    """'23°30\'' is 二十三度三十分."""
    parts = re.findall(r"\d+(?:\.\d+)?", text)
    return "".join(numbers.number(n) + unit for n, unit in zip(parts, "度分秒", strict=False))


READERS: dict[str, Reader] = {
    "": str,
    "about": about,
    "ad": lambda _: "西元",
    "angle": angle,
    "am": lambda _: "上午",
    "bce": lambda _: "西元前",
    "branch": branch,
    "branched": lambda _: "之",
    "class": lambda _: "班",
    "clock": clock,
    "count": numbers.count,
    "count_quantity": count_quantity,
    "decimals": decimals,
    "and_digits": lambda text: "、" + numbers.digits(text),
    "digit_list": digit_list,
    "code_with_check": code_with_check,
    "digits": lambda text: numbers.digits(re.sub(r"[^\d]", "", text)),
    "dotted": dotted,
    "era_year": lambda text: numbers.year(text) + "年",
    "fraction": fraction,
    "greater_first": greater_first,
    "hyphenated": hyphenated,
    "measure": measure,
    "measure_range": measure_range,
    "model": model,
    "mmhg": lambda _: "毫米汞柱",
    "money": money,
    "money_after": money_after,
    "money_range": money_range,
    "number": numbers.number,
    "operator": operator,
    "ordinal": ordinal,
    "pm": lambda _: "下午",
    "primes": primes,
    "rate": rate,
    "signed": lambda text: signed(text.replace(" ", "")),
    "rating_signs": rating_signs,
    "roman": roman,
    "hour_minute": lambda text: clock(f"{text[:2]}:{text[2:]}"),
    "hundredth": lambda _: "百分之",
    "joined": lambda text: text.replace("~", "到").replace("-", "到"),
    "joint": lambda text: text if text in "和與及、至" else "到",
    "kilometres": lambda _: "公里",
    "metres": lambda _: "公尺",
    "miles": lambda _: "英里",
    "money_scaled": money_scaled,
    "thousandth": lambda _: "千分之",
    "celsius": lambda _: "攝氏",
    "fahrenheit": lambda _: "華氏",
    "listed_days": listed_days,
    "numbered": numbered,
    "telephone": telephone,
    "last_digit": lambda text: "" if text == "0" else numbers.digits(text),
    "seconds": seconds,
    "sets": sets,
    "sign": lambda text: SIGNS[text],
    "slashes": lambda text: "、".join(numbers.number(part) for part in text.split("/")),
    "spelled": spelled,
    "to": to,
    "used": lambda text: "公升" if text in ("L", "l", "公升") else "度",
    "upto": lambda _: "到",
    "cubed": lambda _: "立方",
    "of_cubed": lambda _: "的三次方",
    "of_squared": lambda _: "的平方",
    "power": power,
    "root": lambda _: "根號",
    "squared": lambda _: "平方",
    "versus": versus,
    "year_range": year_range,
    "year_of_school": lambda _: "年",
    "year": lambda text: numbers.digits(text) if len(text) > 2 else numbers.number(text),
}

"""Numbers as Taiwan says them: digits in, Han numerals out.

Pure functions of strings; which of them applies where is the business of rules.toml.
"""

from __future__ import annotations

import re

DIGITS = "零一二三四五六七八九"
SCALES = {"十": 10, "百": 100, "千": 1000, "萬": 10**4, "億": 10**8, "兆": 10**12}
_GROUPS = ("", "萬", "億", "兆", "京")
_MAX_DIGITS = 20
"""The largest group, 京, is 10^16: what has more digits is an identifier, read digit by digit."""

_SEGMENT = re.compile(r"([\d,]+(?:\.\d+)?)([十百千萬億兆多餘幾]*)")


def digits(text: str) -> str:
    """Digit by digit: '2330' is 二三三零. What is not a digit stays."""
    return "".join(DIGITS[ord(c) - 48] if "0" <= c <= "9" else c for c in text)


def number(text: str) -> str:
    """A cardinal: '1,234.50' is 一千兩百三十四點五零, '2' is 二, '200' is 兩百."""
    whole, _, decimals = text.replace(",", "").partition(".")
    spoken = _whole(whole)
    return f"{spoken}點{digits(decimals)}" if decimals else spoken


def count(text: str) -> str:
    """A cardinal before what is counted: '2' is 兩, all else as `number`."""
    return "兩" if text.strip("0") == "2" and text.endswith("2") else number(text)


def quantity(text: str) -> str:
    """Digits mixed with 百千萬億兆: '1億2,000萬' is 一億兩千萬, '3.5萬' is 三點五萬.

    Whole numbers whose scales fall are added up, so that 零 comes where it is said
    ('1億500萬': 一億零五百萬); all else is read piece by piece ('3萬5': 三萬五).
    """
    segments = _SEGMENT.findall(text)
    total = _sum(segments)
    if total is not None:
        return count(str(total))
    return "".join(
        (count(n) if scale and scale[0] != "十" else number(n)) + scale for n, scale in segments
    )


def year(text: str) -> str:
    """'2025' digit by digit, '115' (of the Republic) as a number, '05' as its digits."""
    return digits(text) if len(text) >= 4 or text.startswith("0") else number(text)


def _sum(segments: list[tuple[str, str]]) -> int | None:
    """The value of a compound such as 1億2,000萬 or of 110百萬; None where it must be read in
    pieces."""
    if len(segments) < 2 and not (segments and _carries(*segments[0])):
        return None
    total, last = 0, 10**20
    for position, (n, scale) in enumerate(segments):
        if "." in n or any(c not in SCALES for c in scale):
            return None
        factor = 1
        for c in scale:
            factor *= SCALES[c]
        colloquial = not scale and len(n) == 1 and position > 0
        if factor >= last or int(n.replace(",", "")) * factor >= last or colloquial:
            return None
        total += int(n.replace(",", "")) * factor
        last = factor
    return total


def _carries(n: str, scale: str) -> bool:
    """Whether the scale's first part is full: of 110百萬 is said 一億一千萬."""
    return len(scale) == 2 and scale[0] in "十百千" and len(n.partition(".")[0]) > 1


def _whole(text: str) -> str:
    """Groups of four, with 零 where a group is skipped or does not fill its thousands."""
    if len(text) > _MAX_DIGITS:
        return digits(text)
    text = text.lstrip("0")
    if not text:
        return "零"
    spoken, gap = "", False
    size = (len(text) + 3) // 4
    for place in range(size - 1, -1, -1):
        end = len(text) - 4 * place
        value = int(text[max(0, end - 4) : end])
        if value == 0:
            gap = True
            continue
        if spoken and (gap or value < 1000):
            spoken += "零"
        leading = not spoken or place > 0
        spoken += _group(value, leading, place > 0) + _GROUPS[place]
        gap = False
    return spoken


def _group(value: int, leading: bool, scaled: bool) -> str:
    """1 to 9999. 兩 for thousands and hundreds and before a scale; 十 alone where it leads."""
    if value == 2 and scaled:
        return "兩"
    spoken, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, value = divmod(value, unit)
        if digit == 0:
            gap = bool(spoken)
            continue
        if gap:
            spoken += "零"
        if digit == 1 and unit == 10 and leading and not spoken:
            spoken += "十"
        else:
            spoken += ("兩" if digit == 2 and unit >= 100 else DIGITS[digit]) + name
        gap = False
    return spoken

"""Inline markup that means something: exponents and footnote marks set as superscripts."""

from __future__ import annotations

import re

_EXPONENT = re.compile(r"^[-−–]?\d{1,3}$")
_AFTER_NUMBER = re.compile(r"[\d)）]$")
_AFTER_UNIT = re.compile(r"(?:(?<![A-Za-z])(?:μm|[a-zA-Z]{1,2})|公尺|公分|公里|公厘|毫米)$")
_WORD = re.compile(r"^(?:st|nd|rd|th|[A-Za-z]{1,3})$")
_RAISED = {"2": "²", "3": "³"}


def read_superscript(text: str, before: str) -> str:
    """What a superscript says behind `before`: an exponent, or nothing where it is a mark.

    10<sup>6</sup> becomes 10^6, m<sup>2</sup> m²; a number behind a word or a full stop, or
    in brackets, is the number of a footnote and is not said.
    """
    mark = "".join(text.split())
    if _EXPONENT.match(mark):
        if _AFTER_NUMBER.search(before):
            digits = mark.lstrip("-−–")
            if digits != mark:
                return f"的負{digits}次方"
            return _RAISED.get(digits, f"^{digits}")
        if mark in _RAISED and _AFTER_UNIT.search(before):
            return _RAISED[mark]
        return ""
    return mark if _WORD.match(mark) and re.search(r"\w$", before) and mark != "TM" else ""

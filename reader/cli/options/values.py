"""What the values of options must look like. Each raises ArgumentTypeError, in one line."""

from __future__ import annotations

import argparse
import re

from reader.messages.text import say


def at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(say("{text!r} is not a number of 1 or more", text=text))
    return int(text)


def rate(text: str) -> int:
    return _number(text, "%", -50, 100)


def pitch(text: str) -> int:
    return _number(text, "Hz", -100, 100)


def volume(text: str) -> int:
    return _number(text, "%", -50, 50)


def loudness(text: str) -> float | None:
    if text == "off":
        return None
    if text not in ("-16", "-19"):
        raise argparse.ArgumentTypeError(say("{text!r} is none of -16, -19 and off", text=text))
    return float(text)


def _number(text: str, unit: str, low: int, high: int) -> int:
    match = re.fullmatch(rf"([+-]?\d{{1,3}})({unit})?", text)
    if not match or not low <= int(match[1]) <= high:
        told = "{text!r} is not a number such as +10{unit}, {low}{unit} to +{high}{unit}"
        raise argparse.ArgumentTypeError(say(told, text=text, unit=unit, low=low, high=high))
    return int(match[1])

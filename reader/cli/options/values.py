"""What the values of options must look like. Each raises ArgumentTypeError, in one line."""

from __future__ import annotations

import argparse
import re


def at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
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
        raise argparse.ArgumentTypeError(f"{text!r} is none of -16, -19 and off")
    return float(text)


def _number(text: str, unit: str, low: int, high: int) -> int:
    match = re.fullmatch(rf"([+-]?\d{{1,3}})({unit})?", text)
    if not match or not low <= int(match[1]) <= high:
        raise argparse.ArgumentTypeError(
            f"{text!r} is not a number such as +10{unit}, {low}{unit} to +{high}{unit}"
        )
    return int(match[1])

"""What the command line says besides errors, in the language of its user."""

from __future__ import annotations

from reader.messages.chinese import CHINESE
from reader.messages.language import Language, language_of_environment


def say(english: str, /, *places: object, **facts: object) -> str:
    """`english`, or its Chinese, with the facts in place: a template for `str.format`."""
    return translated(english).format(*places, **facts)


def translated(english: str) -> str:
    """`english` as it is, or its Chinese where the user wants that and it is in the table."""
    is_chinese = language_of_environment() is Language.CHINESE
    return CHINESE.get(english, english) if is_chinese else english

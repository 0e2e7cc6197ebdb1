"""argparse in the user's language: help, and usage errors in one line."""

from __future__ import annotations

import argparse
import difflib
import re
from collections.abc import Iterable
from typing import Final, NoReturn

from reader.messages.columns import COLUMNS, width, wrapped
from reader.messages.text import say, translated

_ERRORS: Final = tuple(
    (re.compile(pattern, re.DOTALL), english)
    for pattern, english in (
        (
            r"the following arguments are required: (.*)",
            "the following arguments are required: {0}",
        ),
        (r"unrecognized arguments: (.*)", "unrecognized arguments: {0}"),
        (r"ambiguous option: (.*?) could match (.*)", "ambiguous option: {0} could match {1}"),
        (r"argument (\S+?): (.*)", "argument {0}: {1}"),
        (r"invalid int value: (.*)", "invalid int value: {0}"),
        (r"(?:expected one argument|expected 1 argument)", "expected one argument"),
        (r"expected at least one argument", "expected at least one argument"),
        (r"ignored explicit argument (.*)", "ignored explicit argument {0}"),
        (r"not allowed with argument (.*)", "not allowed with argument {0}"),
    )
)
"""What argparse says of wrong usage, and the key of `reader.messages.chinese` for it."""
_CHOICE: Final = re.compile(r"invalid choice: (.*?) \(choose from (.*)\)", re.DOTALL)

_NEGATIVE: Final = re.compile(r"-\d+(?:\.\d+)?(?:%|Hz)?$", re.IGNORECASE)
"""A value and no option: `--rate -10%` is what people type."""


class Parser(argparse.ArgumentParser):
    """A parser whose help and errors are in the user's language."""

    def __init__(self, **options: object) -> None:
        super().__init__(formatter_class=_Formatter, **options)  # type: ignore[arg-type]
        self._negative_number_matcher = _NEGATIVE

    def error(self, message: str) -> NoReturn:
        """Usage errors are one line as well."""
        told = " ".join(_worded(message).split())
        full = say("{message}; see `{program} --help`", message=told, program=self.prog)
        line = min(
            f"{self.prog}: {full}", f"{self.prog}: {told}", key=lambda one: width(one) > COLUMNS
        )
        self.exit(2, f"{line}\n".encode("utf-8", "backslashreplace").decode())


class _Formatter(argparse.HelpFormatter):
    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(
            usage, actions, groups, translated("usage: ") if prefix is None else prefix
        )

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and translated(heading))

    def add_text(self, text: str | None) -> None:
        super().add_text(text and translated(text))

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrapped(" ".join(text.split()), width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(f"{indent}{line}" for line in wrapped(text, width - len(indent)))

    def _get_help_string(self, action: argparse.Action) -> str | None:
        """Documented to be overridden, as argparse's own formatters do."""
        return action.help and translated(action.help)


def similar(word: str, names: Iterable[str]) -> str:
    """The name that `word` was probably meant to be, or ""."""
    return next(iter(difflib.get_close_matches(word.lower(), list(names), 1)), "")


def _worded(message: str) -> str:
    chosen = _CHOICE.fullmatch(message)
    if chosen:
        return _choice_worded(chosen[1].strip("'"), chosen[2].replace("'", "").split(", "))
    for pattern, english in _ERRORS:
        found = pattern.fullmatch(message)
        if found:
            return say(english, *map(_worded, found.groups()))
    return message


def _choice_worded(word: str, names: list[str]) -> str:
    meant = similar(word, names)
    if meant:
        return say("{0!r} is not known; did you mean {1}?", word, meant)
    return say("invalid choice: {0!r} (choose from {1})", word, ", ".join(names))

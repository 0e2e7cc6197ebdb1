"""An error in words: in one language, for the door where it is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, Protocol, runtime_checkable

from reader.messages.catalogue import CATALOGUE
from reader.messages.columns import shortened, width
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.reasons import in_chinese

_LEAST_COLUMNS: Final = 40
"""No fact is shortened below this: what is left would name nothing."""
_DETAIL: Final = re.compile(r" ?[（(]\{(?:reason|what)[^}]*\}[)）]")
"""What a library says of a failure, in its own language: nothing for a page."""


@runtime_checkable
class Worded(Protocol):
    """An error of the catalogue: those of `reader.errors` and of `audio_cache`."""

    @property
    def kind(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, object]: ...


def word(
    error: object,
    language: Language = Language.ENGLISH,
    door: Door = Door.COMMAND_LINE,
    columns: int | None = None,
) -> str:
    """What happened and what to do, in one line. Facts are shortened in the middle where it
    would be wider than `columns`."""
    if not isinstance(error, Worded):
        return _on_one_line(str(error) or type(error).__name__)
    template = _template(error.kind, language, door)
    inner = None if columns is None else max(columns - _LEAST_COLUMNS, _LEAST_COLUMNS)
    shown = {name: _shown(name, fact, language, door, inner) for name, fact in error.facts.items()}
    causes = {name for name, fact in error.facts.items() if _is_cause(fact)}
    try:
        line = template.format_map(shown)
        if columns is not None:
            line = _fitted(template, shown, columns, causes)
    except (KeyError, ValueError, IndexError, AttributeError):  # a voice of others gave other facts
        told = ", ".join(f"{name}={fact}" for name, fact in shown.items())
        line = f"{error.kind}: {told}" if told else error.kind
    return _on_one_line(line)


def word_all(errors: Iterable[object], language: Language, door: Door) -> str:
    """Several errors in one line; "" for none."""
    between = "；" if language is Language.CHINESE else "; "
    return between.join(word(error, language, door) for error in errors)


def _template(kind: str, language: Language, door: Door) -> str:
    message = CATALOGUE.get(kind)
    if message is None:
        return kind.replace("{", "{{").replace("}", "}}")
    wording = message.chinese if language is Language.CHINESE else message.english
    template = wording.at(door)
    return _DETAIL.sub("", template) if door is Door.PAGE else template


def _shown(name: str, fact: object, language: Language, door: Door, columns: int | None) -> object:
    if isinstance(fact, bool | int | float):
        return fact
    if isinstance(fact, list | tuple):
        between = "；" if language is Language.CHINESE else "; "
        if not any(_is_cause(one) for one in fact):
            between = "、" if language is Language.CHINESE else ", "
        return between.join(str(_shown(name, one, language, door, columns)) for one in fact)
    if _is_cause(fact):
        return word(fact, language, door, columns)
    text = _on_one_line(
        str(fact) or type(fact).__name__ if isinstance(fact, Exception) else str(fact)
    )
    return in_chinese(text) if language is Language.CHINESE else text


def _is_cause(fact: object) -> bool:
    if isinstance(fact, list | tuple):
        return any(_is_cause(one) for one in fact)
    return isinstance(fact, Worded)


def _fitted(template: str, facts: dict[str, object], columns: int, fixed: set[str]) -> str:
    line = template.format_map(facts)
    for _ in range(len(facts)):
        excess = width(line) - columns
        texts = {
            name: fact
            for name, fact in facts.items()
            if isinstance(fact, str) and name not in fixed and f"{{{name}" in template
        }
        longest = max(texts, key=lambda name: width(texts[name]), default="")
        if excess <= 0 or not longest or width(texts[longest]) <= _LEAST_COLUMNS:
            break
        room = max(width(texts[longest]) - excess, _LEAST_COLUMNS)
        facts = {**facts, longest: shortened(texts[longest], room)}
        line = template.format_map(facts)
    return line


def _on_one_line(text: str) -> str:
    return " ".join(text.split())

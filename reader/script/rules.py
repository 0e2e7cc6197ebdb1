"""Reads rules.toml and applies it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from reader.errors import TingwenError
from reader.script.characters import HAN
from reader.script.rule_formats import READERS
from reader.script.tables import longest_first, table


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the table, ready to run."""

    name: str
    pattern: re.Pattern[str]
    say: Callable[[re.Match[str]], str]
    cues: frozenset[str]
    examples: tuple[tuple[str, str], ...]


def apply_rules(text: str) -> str:
    """The text with every number and sign that a rule knows put into words."""
    if _TOUCHED.search(text) is None:  # the common case, and much the fastest
        return text
    present = frozenset(text)
    for rule in load_rules():
        if not rule.cues or not rule.cues.isdisjoint(present):
            text = rule.pattern.sub(rule.say, text)
    return text


_TOUCHED = re.compile(r"[\d~]|[±‰≥≤≈≠²³%+<>=√]|[A-Z]\+|[A-C]-(?![A-Za-z\d])|[IVX]{2}|第[IVXivx]")


@lru_cache(maxsize=1)
def load_rules() -> tuple[Rule, ...]:
    """The table, in its order."""
    data = table("rules.toml")
    macros = _macros(data["macros"])
    return tuple(
        Rule(
            name=entry["name"],
            pattern=re.compile(_fix_width(_expand(entry["match"], macros)), re.ASCII),
            say=_template(entry["say"]),
            cues=frozenset(entry.get("cues", "")),
            examples=tuple(entry["examples"].items()),
        )
        for entry in data["rule"]
    )


def _macros(written: dict[str, str]) -> dict[str, str]:
    units, numerals = table("units.toml"), table("numerals.toml")
    after = "|".join(f"(?<={word})" for word in numerals["er_after"])
    return written | {
        "HAN": HAN,
        "UNIT": f"(?:{longest_first(list(units['units']))})",
        "PER": f"(?:{longest_first(list(units['per']))})",
        "CURRENCY": f"(?:{longest_first(list(table('currencies.toml')))})",
        "ER": f"(?:{'|'.join(numerals['er_before'])})",
        "AFTER_ER": f"(?:{after})",
        "COUNTED": f"(?:{longest_first(numerals['counted'])})",
    }


def _expand(pattern: str, macros: dict[str, str]) -> str:
    while True:
        expanded = re.sub(r"<([A-Z_]+)>", lambda match: macros[match[1]], pattern)
        if expanded == pattern:
            return pattern
        pattern = expanded


def _template(say: str) -> Callable[[re.Match[str]], str]:
    """Compiles '{y:digits}年' to a function of the match; a group without text says nothing."""
    parts = [
        (literal, group, READERS[spec or ""] if group is not None else str)
        for literal, group, spec, _ in Formatter().parse(say)
    ]

    def spoken(match: re.Match[str]) -> str:
        out = []
        for literal, group, reader in parts:
            out.append(literal)
            value = match[int(group) if group.isdigit() else group] if group else ""
            if value:
                out.append(reader(value))
        return "".join(out)

    return spoken


def _fix_width(pattern: str) -> str:
    """Look-behinds whose alternatives differ in length, as Python's `re` can take them.

    (?<=a|bc) becomes (?:(?<=a)|(?<=bc)), and (?<!a|bc) becomes (?<!a)(?<!bc).
    """
    out, position = [], 0
    while (start := _next_look_behind(pattern, position)) >= 0:
        end, alternatives = _alternatives(pattern, start + 4)
        head = pattern[start : start + 4]
        joined = ("|" if head == "(?<=" else "").join(f"{head}{a})" for a in alternatives)
        out += [pattern[position:start], f"(?:{joined})"]
        position = end
    return "".join(out) + pattern[position:]


def _next_look_behind(pattern: str, position: int) -> int:
    found = [pattern.find(head, position) for head in ("(?<=", "(?<!")]
    return min((at for at in found if at >= 0), default=-1)


def _alternatives(pattern: str, start: int) -> tuple[int, list[str]]:
    """The top-level alternatives from `start` to the closing bracket, and where that ends."""
    pieces: list[str] = []
    depth, in_class, piece, position = 0, False, "", start
    while position < len(pattern):
        char = pattern[position]
        if char == "\\":
            piece += pattern[position : position + 2]
            position += 2
            continue
        if char == "[":
            in_class = True
        elif char == "]":
            in_class = False
        elif not in_class and char in "()":
            depth += 1 if char == "(" else -1
            if depth < 0:
                return position + 1, [*pieces, piece]
        elif not in_class and depth == 0 and char == "|":
            pieces.append(piece)
            piece = ""
            position += 1
            continue
        piece += char
        position += 1
    raise TingwenError("rule-open", pattern=pattern)

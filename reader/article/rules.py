"""Line rules: rules.toml read, and the lines of a page judged by it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, get_args

from reader.article.lines import is_prose

Verdict = Literal["drop", "stop", "end", "box", "caption", "notice", "sign_off", "byline"]
_DECORATION = " \u3000⬇⬆⇩⇧👇👉↓▲△▼▽★☆●○◎※►▶◤◢◥◣【】《》〈〉[]「」『』：:>»<|｜/·•■◆□…#-—=～~+＋"


@dataclass(frozen=True, slots=True)
class Rule:
    """One reason why a line is not read. The fields are explained at the top of rules.toml."""

    id: str
    does: Verdict
    whole: frozenset[str] = frozenset()
    starts: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    max_chars: int = 10_000
    not_prose_over: int = 10_000
    catches: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()

    def matches(self, line: str) -> bool:
        if len(line) > self.max_chars:
            return False
        if not self._words_match(line):
            return False
        return len(line) <= self.not_prose_over or not is_prose(line)

    def _words_match(self, line: str) -> bool:
        bare = line.strip(_DECORATION)
        return (
            bare in self.whole
            or line in self.whole
            or (bool(self.starts) and bare.startswith(self.starts) and not is_prose(bare))
            or any(phrase in line for phrase in self.contains)
            or (self.pattern is not None and bool(self.pattern.search(line)))
        )


@cache
def page_rules() -> tuple[Rule, ...]:
    """The rules of rules.toml, in its order: the first that matches decides."""
    table = tomllib.loads(files("reader.article").joinpath("rules.toml").read_text("utf-8"))
    return tuple(_rule(entry) for entry in table["rule"])


def _rule(entry: dict[str, object]) -> Rule:
    values: dict[str, object] = dict(entry)
    for key in ("starts", "contains", "catches", "spares"):
        values[key] = tuple(entry.get(key, ()))  # type: ignore[arg-type]
    values["whole"] = frozenset(entry.get("whole", ()))  # type: ignore[call-overload]
    if "pattern" in entry:
        values["pattern"] = re.compile(str(entry["pattern"]))
    if values.pop("not_prose", False):
        values["not_prose_over"] = 0
    rule = Rule(**values)  # type: ignore[arg-type]
    if rule.does not in get_args(Verdict):
        raise ValueError(f"rules.toml: rule {rule.id!r} does {rule.does!r}, which is no verdict")
    return rule


@cache
def _longest() -> int:
    return max(rule.max_chars for rule in page_rules())


def verdict_on(line: str) -> Rule | None:
    """The first rule that says this line is not the article, or None where none does."""
    return _verdict(line) if 0 < len(line) <= _longest() else None


@lru_cache(maxsize=8192)
def _verdict(line: str) -> Rule | None:
    return next((rule for rule in page_rules() if rule.matches(line)), None)


def forget_verdicts() -> None:
    """Empty the memory of lines already judged: for those who measure speed."""
    _verdict.cache_clear()

"""One catalogue for every door: each kind in both languages, each kind raised, each text used."""

from __future__ import annotations

import argparse
import ast
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio_cache.errors import ENGLISH, CacheUnavailable
from reader import errors
from reader.cli.arguments import COMMANDS, VERBS, overview, parser_of
from reader.errors import BadInput, SourceUnreadable, TingwenError, VoiceRefused
from reader.messages.catalogue import CATALOGUE
from reader.messages.chinese import CHINESE
from reader.messages.columns import COLUMNS, shortened, width, wrapped
from reader.messages.explanations import RULES
from reader.messages.language import Language, language_of_environment
from reader.messages.message import Door, Message
from reader.messages.wording import word

ROOT = Path(__file__).resolve().parents[1]
SOURCES = [
    path
    for top in ("reader", "api", "audio_cache")
    for path in sorted((ROOT / top).rglob("*.py"))
    if "messages" not in path.parts
]
HAN = re.compile(r"[\u3400-\u9fff]")
SENTENCE = re.compile(r"(?:\b[a-z]+ ){3,}[a-z]+", re.IGNORECASE)
"""Four English words in a row: an option, a name and a unit beside each other are none."""
OTHER_DOORS = re.compile(r"--[a-z]|`tingwen|TINGWEN_|\bPOST\b|/v1/|standard input|標準輸入")
NO_ERRORS = {"error", "InvalidValue"}
"""Calls with a kind that are no whole error: of a logger; without the field that is named later."""
PASSED_ON = {"other", "http-other"}
"""Kinds of what is told in words of others: voices of other packages, the HTTP framework."""


class Calls:
    """Constants and keywords of the sources: kinds that are raised, texts that are said."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.facts: list[tuple[str, str, set[str]]] = []
        self.free: list[str] = []
        for path in SOURCES:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                self._add(node, f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}")

    def _add(self, node: ast.AST, where: str) -> None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            self.texts.add(node.value)
        if isinstance(node, ast.JoinedStr):
            self.texts.add(template_of(node))
        if isinstance(node, ast.Call):
            self._add_call(node, where)

    def _add_call(self, call: ast.Call, where: str) -> None:
        name = ast.unparse(call.func).rpartition(".")[2]
        kinds = [a.value for a in call.args if isinstance(a, ast.Constant) and a.value in CATALOGUE]
        is_raised = kinds and name not in NO_ERRORS
        if is_raised and all(keyword.arg for keyword in call.keywords):
            self.facts.append((where, kinds[0], {str(k.arg) for k in call.keywords}))
        is_error = name == "Refusal" or isinstance(getattr(errors, name, None), type)
        if is_error and call.args and is_sentence(call.args[0]):
            self.free.append(where)


def template_of(node: ast.JoinedStr) -> str:
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in node.values
        if isinstance(part, ast.Constant | ast.FormattedValue)
    )


def is_sentence(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    return isinstance(node, ast.Constant) and " " in str(node.value)


@cache
def calls() -> Calls:
    return Calls()


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def templates_of(message: Message) -> Iterator[str]:
    for wording in (message.english, message.chinese):
        yield from (wording.at(door) for door in Door)


def facts_for(message: Message) -> dict[str, object]:
    """Facts of the right types: a number where the template formats one."""
    found: dict[str, object] = {}
    for template in templates_of(message):
        for _, name, form, _ in string.Formatter().parse(template):
            if name and name not in found:
                found[name] = 7 if form else "台北"
            if name and form:
                found[name] = 7
    return found


def error_of(kind: str) -> TingwenError:
    error = TingwenError()
    error.kind, error.facts = kind, facts_for(CATALOGUE[kind])
    return error


@pytest.mark.parametrize("kind", sorted(CATALOGUE))
def test_every_kind_is_worded_in_both_languages_at_every_door(kind: str) -> None:
    message = CATALOGUE[kind]
    assert fields_of(message.english.line) == fields_of(message.chinese.line)
    for door in Door:
        for language in Language:
            line = word(error_of(kind), language, door)
            assert line
            assert "{" not in line
            assert "\n" not in line
        chinese = word(error_of(kind), Language.CHINESE, door)
        assert not SENTENCE.search(re.sub(r"`[^`]*`", "", chinese)), chinese
        if door is Door.PAGE and kind not in PASSED_ON:
            english = word(error_of(kind), Language.ENGLISH, door)
            assert not HAN.search(re.sub('台北|"[^"]*"', "", english)), english


ASKED_BY_PAGES = [
    "text-empty",
    "too-many-lines",
    "line-too-long",
    "text-missing",
    "address-refused",
    "fetch-too-slow",
    "not-a-page",
    "fetch-unreachable",
    "too-many-redirects",
    "address-invalid",
    "scheme-unknown",
    "host-missing",
    "page-too-large",
    "robots-closed",
    "login-needed",
    "fetch-status",
    "fetch-gone",
    "page-empty",
    "too-many-tags",
    "html-unreadable",
    "no-article",
    "paywalled",
    "index-page",
    "video-only",
    "nothing-to-say",
    "voice-unknown",
    "url-not-http",
    "not-text",
    "article-unknown",
    "shutting-down",
    "too-many-requests",
    "body-too-large",
    "key-needed",
    "not-one-source",
    "cache-unwritable",
    "cache-unreadable",
    "baker-missing",
]


@pytest.mark.parametrize("kind", ASKED_BY_PAGES)
def test_a_page_gives_no_advice_of_another_door(kind: str) -> None:
    for language in Language:
        line = word(error_of(kind), language, Door.PAGE)
        assert not OTHER_DOORS.search(line), line


def test_every_kind_of_the_catalogue_is_raised_and_no_other() -> None:
    assert set(CATALOGUE) - calls().texts - PASSED_ON - set(ENGLISH) == set()
    assert set(ENGLISH) - calls().texts == set()
    assert calls().free == []


def test_what_is_raised_has_the_facts_that_its_words_need() -> None:
    lacking = [
        (where, kind, fields_of(template) - facts - {"cause"})
        for where, kind, facts in calls().facts
        for template in templates_of(CATALOGUE[kind])
        if facts and not fields_of(template) - {"cause"} <= facts
    ]
    assert lacking == []


def test_every_text_in_chinese_is_said_and_has_the_same_places() -> None:
    for english, chinese in CHINESE.items():
        assert fields_of(english) == fields_of(chinese), english
    from_argparse = {"options", "positional arguments", "show this help message and exit"}
    genders = {"male", "female"}
    told = {re.sub(r"\s+", " ", text) for text in calls().texts}
    not_said = {re.sub(r"\s+", " ", text) for text in CHINESE.keys() - RULES.keys()} - told
    assert not_said - from_argparse - genders == set()


def helps() -> Iterator[tuple[str, str]]:
    """Every command's help as it stands on a terminal of 80 columns, subcommands too."""
    for parser in (overview(), *map(parser_of, (*COMMANDS, *VERBS))):
        todo = [parser]
        while todo:
            one = todo.pop()
            yield one.prog, one.format_help()
            for action in one._actions:
                if isinstance(action, argparse._SubParsersAction) and one.prog != "tingwen":
                    todo += action.choices.values()


def said_by(parser: argparse.ArgumentParser) -> Iterator[str]:
    """Every sentence of a parser's help, and of its subcommands'."""
    yield from filter(None, (parser.description, parser.epilog))
    yield from (group.title for group in parser._action_groups if group.title)
    for action in parser._actions:
        if action.help:
            yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions if choice.help)
            for below in action.choices.values():
                yield from said_by(below)


def test_every_sentence_of_help_has_its_chinese() -> None:
    parsers = (overview(), *map(parser_of, (*COMMANDS, *VERBS)))
    said = {text for parser in parsers for text in said_by(parser)}
    assert said - set(CHINESE) == set()


def test_help_has_no_english_sentence_in_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGWEN_LANG", "zh-TW")
    monkeypatch.setenv("COLUMNS", "80")
    for program, text in helps():
        assert not SENTENCE.search(text), (program, text)
        assert not re.search(r"(?m)^(usage|options|positional)", text)
        assert max(map(width, text.splitlines())) <= 80, text


def test_help_has_no_chinese_sentence_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINGWEN_LANG")
    monkeypatch.setenv("LC_ALL", "C")
    for program, text in helps():
        assert not HAN.search(text.replace("注音", "")), (program, text)


@pytest.mark.parametrize(
    ("environment", "platform", "language"),
    [
        ({}, "linux", Language.ENGLISH),
        ({"LANG": "zh_TW.UTF-8"}, "linux", Language.CHINESE),
        ({"LANG": "zh_TW.UTF-8", "LC_MESSAGES": "C"}, "linux", Language.ENGLISH),
        ({"LANG": "C", "LC_ALL": "zh_HK"}, "linux", Language.CHINESE),
        ({"LC_ALL": "zh_TW", "TINGWEN_LANG": "en"}, "linux", Language.ENGLISH),
        ({"LC_ALL": "C", "TINGWEN_LANG": "zh"}, "linux", Language.CHINESE),
        ({"LANG": ""}, "linux", Language.ENGLISH),
        ({}, "win32", Language.ENGLISH),  # no Windows to ask here
        ({}, "darwin", Language.ENGLISH),
    ],
)
def test_the_language_follows_the_locale(
    environment: dict[str, str], platform: str, language: Language
) -> None:
    assert language_of_environment(environment, platform) is language


@given(st.text(max_size=400), st.sampled_from(list(Language)), st.sampled_from(list(Door)))
def test_whatever_a_fact_holds_the_line_is_one(text: str, language: Language, door: Door) -> None:
    for error in (
        SourceUnreadable("source-missing", source=text),
        VoiceRefused(text),
        VoiceRefused("a-kind-of-others", fact=text),
        BadInput("voice-unknown"),  # facts are missing
        VoiceRefused("x").within("in-sentence", number=1, start=text),
        CacheUnavailable("cache-unwritable", location=text, reason=text),
    ):
        assert len(word(error, language, door, COLUMNS).splitlines()) <= 1
        assert len(word(error, language, door).splitlines()) <= 1


@given(st.text(max_size=300), st.sampled_from(list(Language)))
def test_a_line_fits_the_columns_and_the_facts_stay_whole(path: str, language: Language) -> None:
    error = SourceUnreadable("source-missing", source=path)
    assert width(word(error, language, columns=COLUMNS)) <= max(COLUMNS, 40 + 70)
    assert error.facts == {"source": path}


@given(st.text(max_size=200), st.integers(10, 100))
def test_wrapping_loses_nothing_but_space(text: str, columns: int) -> None:
    assert "".join("".join(wrapped(text, columns)).split()) == "".join(text.split())
    assert width(shortened(text, columns)) <= max(columns, 1)

"""The reader's own word list: what a word is said as, or how it is pronounced.

    # lexicon.toml
    "企業" = "ㄑㄧˋ ㄧㄝˋ"         # 注音, one syllable a character
    "行庫" = "hang2 ku4"           # or pinyin with tones
    "TSMC" = "台積電"              # or what is said instead

Longer words win over shorter ones, and 台 stands for 臺, too. A word that is not written in
Han characters may have 注音 as well: common characters of that sound are said for it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from reader.errors import BadOptions
from reader.script.characters import LEXICON_MARKS, fold, is_han
from reader.script.respell import character_for
from reader.script.syllables import parse_syllables
from reader.script.taiwan import to_taiwan


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, what is said for it, and its syllables where those are fixed."""

    word: str
    say: str
    syllables: tuple[str, ...] = ()


@dataclass(frozen=True)
class Lexicon:
    """Words with what is said for them; make one with `load_lexicon` or `from_words`."""

    entries: tuple[Entry, ...] = ()

    @classmethod
    def empty(cls) -> Lexicon:
        """A lexicon without words."""
        return cls()

    @classmethod
    def from_words(cls, words: Mapping[str, str]) -> Lexicon:
        """Word → say-as text, 注音 or pinyin. Raises BadOptions, naming the word that is wrong."""
        return cls(tuple(_entry(word, value) for word, value in words.items()))

    def mark(self, text: str) -> tuple[str, dict[str, Entry]]:
        """The text with each word replaced by a character of its own, and what these stand for."""
        if self._pattern is None:
            return text, {}
        marks: dict[Entry, str] = {}

        def stand_in(match: re.Match[str]) -> str:
            entry = self._by_form[_one_tai(match.group()).removesuffix("-")]
            if entry not in marks and len(marks) < len(LEXICON_MARKS):
                marks[entry] = chr(LEXICON_MARKS[len(marks)])
            return marks.get(entry, match.group())

        marked = self._pattern.sub(stand_in, text)
        return marked, {mark: entry for entry, mark in marks.items()}

    @cached_property
    def _by_form(self) -> dict[str, Entry]:
        return {_one_tai(_form(entry.word)): entry for entry in self.entries}

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        if not self.entries:
            return None
        forms = sorted(self._by_form, key=len, reverse=True)
        return re.compile("|".join(_bounded(form) for form in forms))


def load_lexicon(path: Path | str) -> Lexicon:
    """The lexicon of a TOML file: word = "say-as text, 注音 or pinyin".

    Raises BadOptions, with the file and the line, where it cannot be read, is not TOML, or a
    word has a reading that does not fit it.
    """
    path = Path(path)
    try:
        source = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadOptions("lexicon-unreadable", path=path, reason=reason) from error
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadOptions("lexicon-not-toml", path=path, reason=error) from error
    words = data.pop("words", {})
    words = {**data, **words} if isinstance(words, dict) else {**data, "words": words}
    entries = []
    for word, value in words.items():
        line = _line_of(word, source)
        if not isinstance(value, str):
            raise BadOptions("lexicon-no-text", path=path, line=line, word=word)
        try:
            entries.append(_entry(word, value))
        except BadOptions as error:
            raise BadOptions("in-lexicon", path=path, line=line, cause=error) from error
    return Lexicon(tuple(entries))


def _entry(word: str, value: str) -> Entry:
    form = _form(word)
    if not form:
        raise BadOptions("word-empty", word=word)
    try:
        syllables = parse_syllables(value)
    except ValueError as error:
        raise BadOptions("syllable-bad", word=word, syllable=str(error)) from error
    if syllables is None:
        return Entry(word, value)
    if not all(is_han(char) for char in form):
        return Entry(word, "".join(character_for(s) or "" for s in syllables), syllables)
    if len(syllables) != len(form):
        raise BadOptions(
            "syllables-miscounted", word=word, n_characters=len(form), n_syllables=len(syllables)
        )
    return Entry(word, form, syllables)


def _form(word: str) -> str:
    """The word as the marked text has it."""
    return to_taiwan(fold(word)).strip()


def _one_tai(text: str) -> str:
    return text.replace("臺", "台")


def _bounded(form: str) -> str:
    """A word's pattern: Latin words not inside longer ones, with the hyphen of GPT-5; 台 for 臺."""
    before = "(?<![A-Za-z])" if form[0].isascii() and form[0].isalpha() else ""
    before = "(?<![0-9.,])" if form[0].isdigit() else before
    after = "(?![A-Za-z])(?:-(?=\\d))?" if form[-1].isascii() and form[-1].isalpha() else ""
    after = "(?![0-9]|[.,][0-9])" if form[-1].isdigit() else after
    return before + re.escape(form).replace("台", "[台臺]") + after


def _line_of(word: str, source: str) -> int:
    """The first line that has the word before its equals sign."""
    for number, line in enumerate(source.splitlines(), 1):
        if word in line.partition("=")[0]:
            return number
    return 1

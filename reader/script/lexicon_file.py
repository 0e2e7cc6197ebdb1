"""Lexicons as they are written: a TOML file, or the same tables in JSON.

    # lexicon.toml
    "企業" = "ㄑㄧˋ ㄧㄝˋ"         # 注音, one syllable a character
    "行庫" = "hang2 ku4"           # or pinyin with tones
    "TSMC" = "台積電"              # or what is said instead

A surname of one character has a table of its own, and is changed nowhere else:

    [surnames]
    "單" = "ㄕㄢˋ"
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from reader.errors import BadOptions
from reader.script.lexicon import Entry, Lexicon, entry_of, same_word, surname_of

SURNAMES: Final = "surnames"
_WORDS: Final = "words"
_WORD_CHARS: Final = 60
_SAID_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Tables:
    """A lexicon's words and surnames, each with what is written for it; not yet validated."""

    words: Mapping[str, object]
    surnames: Mapping[str, object]

    @classmethod
    def of(cls, data: Mapping[str, object]) -> Self:
        """Words stand at the top, or in a table `words`; surnames in one of their own."""
        rest = dict(data)
        surnames, words = rest.pop(SURNAMES, {}), rest.pop(_WORDS, {})
        words = {**rest, **words} if isinstance(words, Mapping) else {**rest, _WORDS: words}
        return cls(words, surnames if isinstance(surnames, Mapping) else {SURNAMES: surnames})

    def __len__(self) -> int:
        return len(self.words) + len(self.surnames)

    def to_toml(self) -> str:
        """The file that `load_lexicon` reads."""
        # "surnames" and "words" are words of a table of their own, too.
        lines = [f"[{_WORDS}]", *map(_row, self.words.items())]
        if self.surnames:
            lines += ["", f"[{SURNAMES}]", *map(_row, self.surnames.items())]
        return "\n".join(lines) + "\n"


def load_lexicon(path: Path | str) -> Lexicon:
    """The lexicon of a TOML file: word = "say-as text, 注音 or pinyin".

    Raises BadOptions, with the file and for each word that is wrong its line, where it cannot be
    read, is not TOML, or words have readings that do not fit them.
    """
    path = Path(path)
    tables, source = read_tables(path)
    return _parse(tables, _FileComplaints(path, source))


def read_tables(path: Path) -> tuple[Tables, str]:
    """The tables of a TOML file, and its text. Raises BadOptions where it is none."""
    try:
        source = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise BadOptions("lexicon-unreadable", path=path, reason=reason) from error
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise BadOptions("lexicon-not-toml", path=path, reason=error) from error
    return Tables.of(data), source


def parse_lexicon(tables: Tables, most: int) -> Lexicon:
    """The lexicon of tables that somebody sent, of at most so many words.

    Raises BadOptions, whose fact `causes` tells of each word that is wrong.
    """
    if len(tables) > most:
        raise BadOptions("lexicon-too-many", n_words=len(tables), most=most)
    return _parse(tables, _Complaints())


def _parse(tables: Tables, wrong: _Complaints) -> Lexicon:
    entries = wrong.collect(tables.words, entry_of)
    named = wrong.collect(tables.surnames, surname_of)
    wrong.find_twins(entries)
    wrong.raise_if_any()
    return Lexicon(tuple(entries), tuple(named))


class _Complaints:
    """What is wrong with the words, all of it."""

    has_limits = True

    def __init__(self) -> None:
        self._found: list[BadOptions] = []

    def collect(
        self, words: Mapping[str, object], make: Callable[[str, str], Entry]
    ) -> list[Entry]:
        """The entries of what is right."""
        entries = []
        for word, value in words.items():
            try:
                entries.append(make(word, self._text(word, value)))
            except BadOptions as error:
                self._add(word, error)
        return entries

    def find_twins(self, entries: Iterable[Entry]) -> None:
        """台灣 and 臺灣 are one word, and may not be said in two ways."""
        seen: dict[str, Entry] = {}
        for entry in entries:
            twin = seen.setdefault(same_word(entry.word), entry)
            if (twin.say, twin.syllables) != (entry.say, entry.syllables):
                self._add(entry.word, self._twice(entry.word, twin.word))

    def raise_if_any(self) -> None:
        if self._found:
            raise BadOptions("several-wrong", causes=self._found)

    def _text(self, word: str, value: object) -> str:
        if not isinstance(value, str):
            raise BadOptions("lexicon-no-text", word=word[:_WORD_CHARS])
        if self.has_limits and (len(word) > _WORD_CHARS or len(value) > _SAID_CHARS):
            most = {"most_word": _WORD_CHARS, "most_said": _SAID_CHARS}
            raise BadOptions("lexicon-entry-long", word=word[:_WORD_CHARS], **most)
        return value

    def _twice(self, word: str, twin: str) -> BadOptions:
        return BadOptions("word-said-twice", word=word, twin=twin)

    def _add(self, word: str, error: BadOptions) -> None:  # noqa: ARG002
        self._found.append(error)


class _FileComplaints(_Complaints):
    """Those about a file, each with its line."""

    has_limits = False

    def __init__(self, path: Path, source: str) -> None:
        super().__init__()
        self._path = path
        self._lines: dict[str, int] = {}
        for number, line in enumerate(source.splitlines(), 1):
            self._lines.setdefault(line.partition("=")[0].strip().strip("\"'"), number)

    def _twice(self, word: str, twin: str) -> BadOptions:
        return BadOptions("word-twice", word=word, twin=twin, line=self._lines.get(twin, 1))

    def _add(self, word: str, error: BadOptions) -> None:
        line = self._lines.get(word, 1)
        self._found.append(error.within("in-lexicon", path=self._path, line=line))


def _row(entry: tuple[str, Any]) -> str:
    """A line of TOML, whose basic strings are JSON's but for U+007F."""
    word, said = (json.dumps(text, ensure_ascii=False) for text in entry)
    return f"{word} = {said}".replace("\x7f", "\\u007f")

"""The service's lexicon in its file: read anew when it changes, replaced whole, with a history.

Several processes may share the file, and people may edit it by hand: each script asks whether it
is still the one that was read. The history lies beside it, a line of JSON a change.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from api.refusal import Refusal
from audio_cache.file_locks import lock_file, open_for_locks
from reader.atomic_file import replacing
from reader.errors import BadOptions, StorageError
from reader.script import Lexicon, load_lexicon
from reader.script.lexicon_file import Tables, parse_lexicon, read_tables

MOST_WORDS: Final = 4000
_MOST_HISTORY_BYTES: Final = 4 * 1024 * 1024
"""Of it, the oldest changes are forgotten first."""
_MOST_LOGGED: Final = 20
_log: Final = logging.getLogger("tingwen.lexicon")


@dataclass(frozen=True, slots=True)
class Version:
    """A lexicon as it is at some time; `tag` is the hash of its words."""

    tables: Tables
    tag: str

    @classmethod
    def of(cls, tables: Tables) -> Version:
        content = {"words": dict(tables.words), "surnames": dict(tables.surnames)}
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
        return cls(tables, hashlib.sha256(canonical.encode()).hexdigest()[:32])


class LexiconStore:
    """The lexicon of the file that TINGWEN_LEXICON names, or an empty one that cannot be changed.

    Raises BadOptions where the file cannot be read at first. One that is broken later leaves the
    lexicon as it was, and the log says so.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path) if path else None
        self._lexicon = load_lexicon(self._path) if self._path else Lexicon.empty()
        self._seen = self._state()

    def lexicon(self) -> Lexicon:
        """The words in force now. Looks at the file."""
        state = self._state()
        if self._path is not None and state != self._seen:
            self._seen = state
            try:
                self._lexicon = load_lexicon(self._path)
            except BadOptions as error:
                _log.warning("lexicon not read", extra={"error": error})
        return self._lexicon

    def version(self) -> Version:
        """What the file holds. Raises BadOptions where it cannot be read."""
        if self._path is None:
            return Version.of(Tables({}, {}))
        return Version.of(read_tables(self._path)[0])

    def replace(self, tables: Tables, expected: Collection[str], who: str) -> Version:
        """Put `tables` in the place of a version of the tags `expected`, "*" for any.

        Raises Refusal 409 where there is no file, 412 where another version is in force, BadOptions
        for words that are wrong, and StorageError where the disk fails: then nothing has changed.
        """
        if self._path is None:
            raise Refusal(409, "lexicon-no-file")
        parse_lexicon(tables, MOST_WORDS)
        with _locked(self._path):
            before = self.version()
            if not {"*", before.tag} & set(expected):
                raise Refusal(412, "lexicon-changed", {"ETag": f'"{before.tag}"'})
            after = Version.of(tables)
            changes = list(_changes(before.tables, tables))
            if changes:
                self._keep(self._path, (before, after), changes, who)
        self.lexicon()
        return after

    def history(self, most: int) -> list[dict[str, Any]]:
        """The changes, the newest first."""
        return [json.loads(line) for line in reversed(self._history_lines())][:most]

    def _history_lines(self) -> list[str]:
        if self._path is None:
            return []
        try:
            return _history_of(self._path).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return []

    def _keep(
        self, path: Path, versions: tuple[Version, Version], changes: list[dict[str, Any]], who: str
    ) -> None:
        """The history first: a change that nobody can look up must not be in force."""
        before, after = versions
        history = _history_of(path)
        at = datetime.now(UTC).isoformat(timespec="seconds")
        told = {"at": at, "who": who, "before": before.tag, "after": after.tag, "changes": changes}
        lines = [*self._history_lines(), json.dumps(told, ensure_ascii=False)]
        kept = "".join(f"{line}\n" for line in lines).encode()
        while len(kept) > _MOST_HISTORY_BYTES and b"\n" in kept[:-1]:
            kept = kept[kept.index(b"\n") + 1 :]
        try:
            old = history.read_bytes() if history.exists() else b""
            _write(history, kept)
            try:
                _write(path, after.tables.to_toml().encode())
            except OSError:
                _write(history, old)
                raise
        except OSError as error:
            raise StorageError("lexicon-unwritable", reason=error) from error
        shown = [change["word"] for change in changes[:_MOST_LOGGED]]
        extra = {"who": who, "n_changed": len(changes), "words": shown, "version": after.tag}
        _log.info("lexicon changed", extra=extra)

    def _state(self) -> tuple[int, ...]:
        """What differs as soon as the file does."""
        if self._path is None:
            return ()
        try:
            stat = self._path.stat()
        except OSError:
            return ()
        return stat.st_mtime_ns, stat.st_size, stat.st_ino


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Alone, also among processes. Raises StorageError."""
    try:
        fd = open_for_locks(path.with_name(f"{path.name}.lock"))
    except OSError as error:
        raise StorageError("lexicon-unwritable", reason=error) from error
    try:
        lock_file(fd)
        yield
    finally:
        os.close(fd)


def _history_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.history.jsonl")


def _write(path: Path, data: bytes) -> None:
    with replacing(path, f".{path.name}-") as out:
        out.write(data)


def _changes(before: Tables, after: Tables) -> Iterator[dict[str, Any]]:
    for table, was, now in (
        ("words", before.words, after.words),
        ("surnames", before.surnames, after.surnames),
    ):
        for word in sorted({*was, *now}):
            if was.get(word) != now.get(word):
                yield {"table": table, "word": word, "was": was.get(word), "now": now.get(word)}

"""Making room: the least recently used families go first, and none that is in use.

A family goes head first: killed in between, it leaves sound without a manifest, which counts
as any other family, and never a manifest without sound.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Final

from audio_cache.layout import ASIDE, SCHEMA, USED, family_of, kind_of, plain_sha256
from audio_cache.pins import Pins
from audio_cache.store import ObjectEntry, Store, is_leftover
from audio_cache.use_log import HOUR_S, UseLog

_BATCH: Final = 64
"""Families removed while nobody can pin another: a few milliseconds."""
_LEFTOVER_S: Final = 3600.0
"""A file that nobody has written to for so long has no writer any more."""


@dataclass(slots=True)
class Family:
    """Objects that go together."""

    name: str
    kind: str
    heads: list[str] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    n_bytes: int = 0
    last_used_s: float = 0.0

    def add(self, entry: ObjectEntry, last_used_s: float) -> None:
        (self.plain if plain_sha256(entry.path) else self.heads).append(entry.path)
        self.n_bytes += entry.n_bytes
        self.last_used_s = max(self.last_used_s, entry.modified_s, last_used_s)

    @property
    def n_objects(self) -> int:
        return len(self.heads) + len(self.plain)


@dataclass(frozen=True, slots=True)
class Goal:
    """Goal of an eviction: what is to go. All that is asked for is done."""

    max_bytes: int | None = None
    """Remove the least recently used until no more than this is left."""
    unused_s: float | None = None
    """Remove what was not used for so long."""
    everything: bool = False
    above_bytes: int = 0
    """Do nothing unless there is more than this."""
    dry_run: bool = False
    """Only find out."""

    def needs_more(self, bytes_left: int) -> bool:
        is_enough = self.max_bytes is None or bytes_left <= self.max_bytes
        return self.everything or self.unused_s is not None or not is_enough

    def wants(self, family: Family, bytes_left: int) -> bool:
        """Whether the next in order should go."""
        unused_s = time.time() - family.last_used_s
        is_old = self.unused_s is not None and unused_s > self.unused_s
        is_too_much = self.max_bytes is not None and bytes_left > self.max_bytes
        return self.everything or is_old or is_too_much


@dataclass(slots=True)
class Removed:
    """Result of an eviction: what went, or would go."""

    objects: dict[str, int] = field(default_factory=dict)
    """By kind."""
    n_bytes: int = 0
    n_leftovers: int = 0
    """Files that a killed writer had left half written."""
    n_in_use: int = 0
    """Families that would have gone, but are in use."""
    bytes_left: int = 0

    @property
    def n_objects(self) -> int:
        return sum(self.objects.values())

    def count(self, family: Family) -> None:
        self.objects[family.kind] = self.objects.get(family.kind, 0) + family.n_objects
        self.n_bytes += family.n_bytes
        self.bytes_left -= family.n_bytes


class Eviction:
    """Removes families of one store. Blocks, perhaps for long: run it in a thread."""

    def __init__(self, store: Store, uses: UseLog, pins: Pins) -> None:
        self._store, self._uses, self._pins = store, uses, pins

    def run(self, goal: Goal) -> Removed:
        """Remove what `goal` asks for. Raises CacheUnavailable."""
        done = Removed()
        with self._store.errors("cache-unclearable"):
            last_used = self._uses.last_used_s()
            families = self._families(last_used, done, goal.dry_run)
            done.bytes_left = sum(family.n_bytes for family in families)
            if done.bytes_left > goal.above_bytes:
                for start in range(0, len(families), _BATCH):
                    if goal.needs_more(done.bytes_left):
                        self._remove(families[start : start + _BATCH], goal, done)
            if not goal.dry_run:
                self._uses.compact({path for f in families for path in (*f.heads, *f.plain)})
        return done

    def _families(self, last_used: dict[str, float], done: Removed, dry_run: bool) -> list[Family]:
        families: dict[str, Family] = {}
        stale = time.time() - _LEFTOVER_S
        for prefix in (SCHEMA, ASIDE, USED):
            for entry in self._store.entries(prefix):
                if is_leftover(entry):
                    if entry.modified_s < stale:
                        done.n_leftovers += 1
                        done.n_bytes += entry.n_bytes
                        if not dry_run:
                            self._store.delete([entry.path])
                elif prefix != USED:
                    name = family_of(entry.path)
                    if name not in families:
                        families[name] = Family(name, kind_of(entry.path))
                    families[name].add(entry, last_used.get(entry.path, 0.0))
        # What is damaged is of use to nobody: it goes before anything that is whole.
        return sorted(families.values(), key=lambda f: (f.kind != "corrupt", f.last_used_s))

    def _remove(self, batch: list[Family], goal: Goal, done: Removed) -> None:
        free: list[Family] = []
        with self._pins.removing() as held:
            for family in batch:
                if not goal.wants(family, done.bytes_left):
                    continue
                if family.name in held or self._may_be_in_use(family):
                    done.n_in_use += 1
                    continue
                free.append(family)
                done.count(family)
            if not goal.dry_run:
                self._store.delete([path for family in free for path in family.heads])
                self._store.delete([path for family in free for path in family.plain])

    def _may_be_in_use(self, family: Family) -> bool:
        """Without pins: whether it was used in this hour or written in the last."""
        return self._store.is_remote and family.last_used_s > time.time() - HOUR_S

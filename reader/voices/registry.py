"""Voices by name. Built-ins and third parties come in through the same door: an entry point
in the group `tingwen.voices`, whose object is called with the variant (what stands after the
colon of `edge:zh-TW-YunJheNeural`, or "") and gives a `Voice`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Final, Protocol, cast

from reader.errors import UnknownVoice, VoiceError, VoiceMissing
from reader.voices.protocol import Voice, VoiceInfo

GROUP: Final = "tingwen.voices"
AUTO: Final = "auto"
EMBEDDED: Final = ("kokoro", "baker")
"""Voices that need no network, the better one first."""
AUTO_FIRST: Final = "edge"
"""`auto` is this voice, or the first embedded one that can speak the whole article."""


class Engine(Protocol):
    """Target of an entry point: a class or function that opens a voice."""

    def __call__(self, variant: str = "") -> Voice: ...

    def catalogue(self) -> list[VoiceInfo]: ...


class HasLiveCatalogue(Protocol):
    """A voice whose service lists its voices."""

    async def live_catalogue(self) -> list[VoiceInfo]: ...


class Voices:
    """Opens each voice once and keeps it open: its model or connections are shared."""

    def __init__(self, extra: dict[str, Callable[[str], Voice]] | None = None) -> None:
        self._engines: dict[str, Callable[[str], Voice] | EntryPoint] = dict(_find_engines())
        self._engines.update(extra or {})
        self._open: dict[str, Voice] = {}

    def open(self, name: str) -> Voice:
        """The voice called `name`; raises UnknownVoice, naming those there are, or
        VoiceMissing, saying how to install it."""
        if name not in self._open:
            engine, _, variant = name.partition(":")
            self._open[name] = self._engine(engine, name)(variant)
        return self._open[name]

    def require_known(self, name: str) -> None:
        """Raises UnknownVoice, naming those there are, if no engine has that name."""
        if name != AUTO:
            self._engine(name.partition(":")[0], name)

    @property
    def engines(self) -> tuple[str, ...]:
        """The names that stand before the colon."""
        return tuple(self._engines)

    def candidates(self, wanted: str) -> tuple[str, ...]:
        """The voices to try for a whole article, the wanted one first, the embedded last: those
        that are installed, or all if none is, so that somebody says how to install one."""
        engine = wanted.partition(":")[0]
        if engine in EMBEDDED:
            others = EMBEDDED[EMBEDDED.index(engine) + 1 :]
            return (wanted, *(name for name in others if self._is_installed(name)))
        installed = [name for name in EMBEDDED if self._is_installed(name)]
        first = AUTO_FIRST if wanted == AUTO else wanted
        return (first, *(installed or EMBEDDED))

    def licence(self, speaker: str) -> str:
        """Under which licence what `speaker` says may be used: the name of a voice, or of several
        with " + " between them, as a narration has it. "" where nobody knows."""
        return "; ".join(dict.fromkeys(map(self._licence_of, speaker.split(" + "))))

    def _licence_of(self, name: str) -> str:
        engine = name.partition(":")[0]
        offered = self._catalogue_of(engine) if engine in self._engines else []
        named = [info.licence for info in offered if info.name == name]
        return next(iter(named or [info.licence for info in offered]), "")

    def catalogue(self) -> list[VoiceInfo]:
        """Every voice that can be asked for by name, engine by engine."""
        return [info for name in self._engines for info in self._catalogue_of(name)]

    async def live_catalogue(self, on_failure: Callable[[VoiceError], None]) -> list[VoiceInfo]:
        """The same, by the services' own lists where they have one (`live_catalogue` of an
        open voice); where it cannot be had, `on_failure` hears why and the shipped one stands."""
        found: list[VoiceInfo] = []
        for name in self._engines:
            engine = self._engine(name, name)
            shipped = self._catalogue_of(name)
            if hasattr(engine, "live_catalogue"):
                try:
                    shipped = await cast(HasLiveCatalogue, self.open(name)).live_catalogue()
                except VoiceError as error:
                    on_failure(error)
            found += shipped
        return found

    async def close(self) -> None:
        """Close every voice that was opened."""
        open_voices, self._open = list(self._open.values()), {}
        await asyncio.gather(*(voice.close() for voice in open_voices))

    def _catalogue_of(self, engine: str) -> list[VoiceInfo]:
        found = self._engine(engine, engine)
        return cast(Engine, found).catalogue() if hasattr(found, "catalogue") else []

    def _is_installed(self, engine: str) -> bool:
        if engine not in self._engines:
            return False
        offered = self._catalogue_of(engine)
        return not offered or any(info.installed for info in offered)

    def _engine(self, engine: str, name: str) -> Callable[[str], Voice]:
        found = self._engines.get(engine)
        if found is None:
            known = ", ".join((AUTO, *sorted(self._engines)))
            raise UnknownVoice("voice-unknown", name=name, known=known)
        if not isinstance(found, EntryPoint):
            return found
        try:
            return cast("Callable[[str], Voice]", found.load())
        except (ImportError, AttributeError) as error:
            raise VoiceMissing("package-broken", name=engine, reason=error) from error


def _find_engines() -> dict[str, EntryPoint]:
    found: dict[str, EntryPoint] = {}
    for entry in entry_points(group=GROUP):
        if entry.name in found and found[entry.name].value != entry.value:
            raise VoiceMissing(
                "packages-clash", name=entry.name, first=found[entry.name].value, second=entry.value
            )
        found[entry.name] = entry
    return found

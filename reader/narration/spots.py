"""Spots around an article: its intro, a sponsor's word, its outro.

Each is one file of any format. It is brought to canonical frames once for every loudness that it
is heard beside, and the cache keeps them by what the file holds; the article's frames are joined
to it as they are.
"""

from __future__ import annotations

import asyncio
import hashlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audio_cache import Cache, CacheError
from reader.errors import BadAudio, BadOptions, StorageError
from reader.loudness import QUIETEST_LUFS, LoudnessMeter, active_lufs, measure
from reader.mpeg import (
    BYTES_PER_FRAME,
    SAMPLE_RATE_HZ,
    decode,
    encode_frames,
    frames_of_ms,
    silence,
)
from reader.narration.mastering import mastered
from reader.voices.transcode import samples_of

_VERSION: Final = 1
"""Raised when a spot is made in another way."""
_STEPS_PER_LU: Final = 4
"""A spot is made for every quarter of an LU: nobody hears less."""
_PAUSE_MS: Final = 500
_MOST_S: Final = 180
_MOST_BYTES: Final = 64 << 20
_TRIES: Final = 4
_NEAR_LU: Final = 0.1


@dataclass(frozen=True, slots=True)
class Spot:
    """An audio file that is heard before or after articles; `SpotMaker.open` knows its sound."""

    digest: str
    """SHA-256 of the file."""


@dataclass(frozen=True, slots=True)
class Spots:
    """What is heard around an article, each followed or preceded by a short pause."""

    intro: Spot | None = None
    sponsor: Spot | None = None
    """Heard between intro and article."""
    outro: Spot | None = None

    def __bool__(self) -> bool:
        return any(self._all())

    def digest(self) -> str:
        """Of what is heard; "" of nothing."""
        if not self:
            return ""
        parts = (spot.digest if spot else "" for spot in self._all())
        return hashlib.sha256(f"{_VERSION} {' '.join(parts)}".encode()).hexdigest()

    def _all(self) -> Iterator[Spot | None]:
        yield from (self.intro, self.sponsor, self.outro)


NO_SPOTS: Final = Spots()


@dataclass(frozen=True, slots=True)
class Around:
    """Canonical frames before and after an article, pauses and all."""

    before: bytes = b""
    after: bytes = b""


class SpotMaker:
    """Makes spots, and keeps them in the cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._files: dict[str, bytes] = {}
        """Those that this process opened; others are in the cache."""

    async def open(self, path: Path) -> Spot:
        """The spot in a file. Raises BadOptions if it cannot be read, is no audio or too long,
        StorageError if the cache fails."""
        data = await asyncio.to_thread(_read, path)
        spot = Spot(hashlib.sha256(data).hexdigest())
        self._files[spot.digest] = data
        try:
            await self._cache.put(_file_of(spot), data)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return spot

    async def open_all(
        self, intro: Path | None = None, sponsor: Path | None = None, outro: Path | None = None
    ) -> Spots:
        """The spots in these files; None is for none. Raises as `open`."""
        found = [await self.open(path) if path else None for path in (intro, sponsor, outro)]
        return Spots(*found)

    async def around(self, spots: Spots, loudness_lufs: float) -> Around:
        """The frames around an article of this loudness; −inf leaves spots as loud as they are.

        Their length does not depend on the loudness. Raises BadOptions if one is no audio any
        decoder here knows, StorageError if the cache fails.
        """
        pause = silence(frames_of_ms(_PAUSE_MS))
        before = [
            await self.frames(spot, loudness_lufs) + pause
            for spot in (spots.intro, spots.sponsor)
            if spot
        ]
        after = pause + await self.frames(spots.outro, loudness_lufs) if spots.outro else b""
        return Around(b"".join(before), after)

    async def frames(self, spot: Spot, loudness_lufs: float) -> bytes:
        """The frames of one spot. Raises as `around`."""
        step = None if math.isinf(loudness_lufs) else round(loudness_lufs * _STEPS_PER_LU)
        key = f"spots/{spot.digest}-{_VERSION}-{'as-it-is' if step is None else step}"
        try:
            kept = await self._cache.get(key)
            if kept and len(kept) % BYTES_PER_FRAME == 0:
                return kept
            target = None if step is None else step / _STEPS_PER_LU
            data = self._files.get(spot.digest) or await self._cache.get(_file_of(spot))
            if data is None:
                raise BadOptions("spot-gone", digest=spot.digest[:12])
            frames = await asyncio.to_thread(_made, data, target)
            await self._cache.put(key, frames)
        except CacheError as error:
            raise StorageError("storage-failed", cause=error) from error
        return frames


def _file_of(spot: Spot) -> str:
    return f"spots/{spot.digest}"


def _read(path: Path) -> bytes:
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
        n_samples = len(samples_of(data)) if data else math.inf
    except OSError as error:
        raise BadOptions("file-unreadable", path=path, reason=error.strerror) from error
    except BadAudio as error:
        raise BadOptions("audio-unreadable", path=path, cause=error) from error
    if n_samples > _MOST_S * SAMPLE_RATE_HZ:
        raise BadOptions("spot-too-long", path=path, most_s=_MOST_S)
    return data


def _made(data: bytes, target_lufs: float | None) -> bytes:
    """Faded, levelled and encoded. What is encoded is what is measured: an encoder of 48 kbit/s
    takes away what it cannot afford."""
    samples = samples_of(data)
    gain_db = 0.0
    for _ in range(_TRIES):
        frames = encode_frames(mastered(samples, gain_db))
        loudness = loudness_of(frames)
        if target_lufs is None or math.isinf(loudness):
            break
        if abs(target_lufs - loudness) <= _NEAR_LU:
            break
        gain_db += target_lufs - loudness
    return frames


def loudness_of(frames: bytes) -> float:
    """Integrated loudness of canonical frames; of what is shorter than a block, that of its
    sound."""
    meter = LoudnessMeter()
    meter.add(measure(frames))
    loudness = meter.integrated_lufs()
    if math.isfinite(loudness):
        return loudness
    short = active_lufs(decode(frames))
    return short if short > QUIETEST_LUFS else -math.inf

"""The sound of an episode as it is written: intro, words, stings between them, outro."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from reader.formats import HostsMp3, pcm_of
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, frames_of_ms, silence
from reader.narration.model import Narration
from reader.narration.spots import Around
from reader.narration.store import NarrationStore
from reader.podcast.options import SoundFormat
from reader.stitch import Mp3Writer, Tags

_PAUSE_MS: Final = 500


@dataclass(frozen=True, slots=True)
class Sound:
    """The words of a narration with canonical frames before, between and after them."""

    narration: Narration
    before: bytes = b""
    after: bytes = b""
    sting: bytes = b""
    stings_at: tuple[int, ...] = ()
    """Frames of the narration before which the sting is heard, in order."""

    @property
    def duration_s(self) -> float:
        n_stings = len(self.stings_at) * len(self.sting)
        n_bytes = len(self.before) + len(self.after) + n_stings
        return (round(self.narration.duration_s / FRAME_S) + n_bytes // BYTES_PER_FRAME) * FRAME_S

    def timed(self) -> Narration:
        """The narration with its times as they are in this sound."""
        moved = (u.later(self._shift_s(u.start_s)) for u in self.narration.utterances)
        return replace(self.narration, utterances=tuple(moved))

    def _shift_s(self, start_s: float) -> float:
        n_heard = sum(at <= round(start_s / FRAME_S) for at in self.stings_at)
        return (len(self.before) + n_heard * len(self.sting)) // BYTES_PER_FRAME * FRAME_S

    async def frames(self, store: NarrationStore) -> AsyncGenerator[bytes, None]:
        """All canonical frames, in order. Raises CacheError."""
        yield self.before
        at, due = 0, list(self.stings_at)
        async with aclosing(store.frames(self.narration)) as pieces:
            async for piece in pieces:
                rest, end = piece, at + len(piece) // BYTES_PER_FRAME
                while due and due[0] < end:
                    cut = max(0, due.pop(0) - at) * BYTES_PER_FRAME
                    yield rest[:cut]
                    yield self.sting
                    rest, at = rest[cut:], at + cut // BYTES_PER_FRAME
                yield rest
                at = end
        yield self.after


def sound_of(
    narration: Narration, around: Around, sting: bytes, paragraphs: Sequence[int]
) -> Sound:
    """The sound with what is heard around it, and a sting before each of these paragraphs."""
    starts = []
    for paragraph in paragraphs if sting else ():
        heard = (u for u in narration.utterances if u.paragraph == paragraph)
        first = next((u for u in heard if u.end_s > u.start_s), None)
        if first is not None:
            starts.append(round(first.start_s / FRAME_S))
    pause = silence(frames_of_ms(_PAUSE_MS)) if sting else b""
    return Sound(narration, around.before, around.after, sting + pause, tuple(sorted(set(starts))))


async def write_sound(
    out: BinaryIO, sound: Sound, store: NarrationStore, tags: Tags, wanted: SoundFormat
) -> None:
    """Write the MP3: the frames as they are, or decoded, resampled and encoded as they come.

    Raises CacheError, and OSError of the file.
    """
    if wanted == "mp3":
        writer = Mp3Writer(out, tags)
        async with aclosing(sound.frames(store)) as pieces:
            async for frames in pieces:
                writer.write(frames)
        writer.finish()
        return
    out.write(replace(tags, gain_steps=0).to_id3())
    hosts = HostsMp3(out)
    async with aclosing(pcm_of(sound.frames(store))) as samples:
        async for pcm in samples:
            await asyncio.to_thread(hosts.write, pcm)
    await asyncio.to_thread(hosts.finish)

"""The way through the house: a script is spoken, joined, kept and called ready."""

from __future__ import annotations

import asyncio
import hashlib
import tempfile
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from audio_cache import Cache, CacheError
from reader.clips import Clips, FoundClip
from reader.errors import BadOptions, NoArticle, StorageError, VoiceError
from reader.keys import audio_path, manifest_path, narration_id
from reader.mpeg import FRAME_S
from reader.narration import Narration, TimedUtterance
from reader.script import Script, Utterance
from reader.stitch import Mp3Writer, Tags
from reader.voices import Prosody, Voice, Voices

_LOOK_AHEAD: Final = 16
"""Sentences asked of the voice before the first is joined: bounds memory. How many of them are
spoken at a time is the voice's own affair."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How an article is to be read."""

    voice: str = "auto"
    prosody: Prosody = field(default_factory=Prosody)
    fallback: bool = True
    """Whether another voice may read the whole article when the wanted one cannot."""
    mix: bool = False
    """Whether another voice may read only the sentences that the wanted one cannot."""

    def __post_init__(self) -> None:
        if not self.voice.strip():
            raise BadOptions("the voice has no name; leave it out or ask for `auto`")
        if self.mix and not self.fallback:
            raise BadOptions("`mix` needs another voice; leave out one of `mix` and `no-fallback`")


@dataclass(frozen=True, slots=True)
class Progress:
    """One more utterance is joined."""

    utterance: TimedUtterance
    n_done: int
    n_total: int
    voice: str
    frames: bytes
    """Its sound and the pause after it, as they stand in the file."""


@dataclass(frozen=True, slots=True)
class _Work:
    """One script for one voice, or for several of which each sentence gets the first it can."""

    script: Script
    voices: tuple[Voice, ...]
    options: ReadOptions
    why: str
    on_progress: Callable[[Progress], None]


@dataclass(slots=True)
class _Written:
    """What has become of it."""

    timed: list[TimedUtterance] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    n_spoken: int = 0
    n_frames: int = 0

    def add(self, timed: TimedUtterance, found: FoundClip | None) -> None:
        self.timed.append(timed)
        if found is not None:
            self.speakers.append(found.voice)
            self.n_spoken += found.was_spoken

    def why(self, work: _Work) -> str:
        """Why not every sentence is in the wanted voice; the first of like failures."""
        reasons = [work.why] if work.why else []
        reasons += self.failures[:1]
        if len(self.failures) > 1:
            reasons.append(f"and {len(self.failures) - 1} more sentences")
        return "; ".join(reasons)

    def narration_id(self, work: _Work) -> str:
        """That of the one voice that spoke, or one of this very mixture."""
        prosody = work.options.prosody
        for voice in work.voices:
            if set(self.speakers) == {voice.name}:
                return narration_id(work.script, voice, prosody)
        return narration_id(work.script, work.voices[0], prosody, self.speakers)


class Narrator:
    """Speaks scripts and keeps the results."""

    def __init__(self, cache: Cache, voices: Voices) -> None:
        self._cache = cache
        self._voices = voices
        self._clips = Clips(cache)
        self._verified: set[str] = set()

    def id_of(self, script: Script, options: ReadOptions) -> str:
        """The id that the first voice to be tried would give."""
        voice = self._voices.open(self._voices.candidates(options.voice)[0])
        return narration_id(script, voice, options.prosody)

    async def load(self, narration: str) -> Narration | None:
        """A ready narration, whole and checked, or None. Raises StorageError."""
        try:
            stored = await self._cache.get(manifest_path(narration))
            if stored is None:
                return None
            manifest = Narration.from_json(stored)
            if await self._is_whole(manifest):
                return manifest
            await self._cache.set_aside(audio_path(narration))
        except CacheError as error:
            raise StorageError(str(error)) from error
        except (ValueError, KeyError, TypeError):
            return None  # another release's manifest: made again
        return None

    def audio_file(self, narration: Narration) -> Path | None:
        """Where the audio lies on this machine, None if the cache is remote."""
        return self._cache.local_path(audio_path(narration.id))

    def audio(self, narration: Narration, start: int, end: int) -> AsyncIterator[bytes]:
        """Bytes `start` to `end` of the audio. Raises CacheError."""
        return self._cache.read(audio_path(narration.id), start, end)

    async def narrate(
        self,
        script: Script,
        options: ReadOptions,
        on_progress: Callable[[Progress], None] = lambda _: None,
    ) -> Narration:
        """Read the whole script with one voice: the wanted one, or the next that can; or, if
        the options ask for a mixture, each sentence with the first voice that can.

        Raises NoArticle if there is nothing to say, VoiceError if no voice could read all of
        it (naming the sentence), StorageError if cache or disk fail. Nothing incomplete is
        ever kept as a narration; clips already spoken stay in the cache.
        """
        require_speech(script)
        names = self._voices.candidates(options.voice)
        failures: list[str] = []
        for position, name in enumerate(names if options.fallback else names[:1]):
            try:
                voice = self._voices.open(name)
                why = "; ".join(failures)
                known = await self.load(narration_id(script, voice, options.prosody))
                if known is not None:
                    return replace(known, wanted_voice=options.voice, why=why)
                helpers = self._openable(names[position + 1 :]) if options.mix else []
                work = _Work(script, (voice, *helpers), options, why, on_progress)
                return await self._narrate(work)
            except VoiceError as error:
                failures.append(f"{name}: {error}")
                last = error
        raise type(last)("; ".join(failures)) from last

    def _openable(self, names: tuple[str, ...]) -> list[Voice]:
        """Those of `names` that are there to help out."""
        found = []
        for name in names:
            with suppress(VoiceError):
                found.append(self._voices.open(name))
        return found

    async def _narrate(self, work: _Work) -> Narration:
        script = work.script
        try:
            with tempfile.TemporaryDirectory(prefix="tingwen-") as folder:
                audio = Path(folder) / "audio.mp3"
                written = await self._write(work, audio)
                narration = written.narration_id(work)
                manifest = Narration(
                    id=narration,
                    title=script.title,
                    byline=script.byline,
                    published=script.published,
                    voice=" + ".join(v.name for v in work.voices if v.name in written.speakers),
                    wanted_voice=work.options.voice,
                    why=written.why(work),
                    paragraphs=script.paragraphs,
                    utterances=tuple(written.timed),
                    duration_s=round(written.n_frames * FRAME_S, 3),
                    audio_bytes=audio.stat().st_size,
                    audio_sha256=await asyncio.to_thread(_sha256, audio),
                    n_spoken=written.n_spoken,
                )
                await self._cache.put_file(audio_path(narration), audio)
                # The manifest comes last: what it names is already there, whole.
                await self._cache.put(manifest_path(narration), manifest.to_json())
        except (CacheError, OSError) as error:
            raise StorageError(f"{error}") from error
        self._verified.add(manifest.audio_sha256)
        return manifest

    async def _write(self, work: _Work, audio: Path) -> _Written:
        script = work.script
        written = _Written()
        with audio.open("wb") as out:
            writer = Mp3Writer(out, Tags(script.title, script.byline, date=script.published))
            async with aclosing(self._in_order(work, written)) as clips:
                async for utterance, found in clips:
                    start = writer.n_frames
                    frames = found.clip.frames if found else b""
                    writer.write(frames)
                    end = writer.n_frames
                    pause = writer.pause(utterance.pause_ms)
                    marks = found.clip.marks if found else ()
                    timed = TimedUtterance.of(utterance, start * FRAME_S, end * FRAME_S, marks)
                    written.add(timed, found)
                    voice = found.voice if found else work.voices[0].name
                    n_done, n_total = len(written.timed), len(script.utterances)
                    work.on_progress(Progress(timed, n_done, n_total, voice, frames + pause))
            written.n_frames = writer.finish()
        return written

    async def _in_order(
        self, work: _Work, written: _Written
    ) -> AsyncGenerator[tuple[Utterance, FoundClip | None], None]:
        """Clips in the script's order, some ahead of time; all cancelled if left early."""
        ahead: deque[asyncio.Task[FoundClip | None]] = deque()
        rest = iter(work.script.utterances)
        try:
            for utterance in work.script.utterances:
                while len(ahead) < _LOOK_AHEAD and (following := next(rest, None)) is not None:
                    ahead.append(asyncio.create_task(self._clip(following, work, written)))
                yield utterance, await ahead.popleft()
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def _clip(self, utterance: Utterance, work: _Work, written: _Written) -> FoundClip | None:
        if not utterance.spoken:
            return None
        *others, last = work.voices
        for voice in others:
            try:
                return await self._clip_by(voice, utterance, work)
            except VoiceError as error:
                written.failures.append(f"{voice.name}: {error}")
        return await self._clip_by(last, utterance, work)

    async def _clip_by(self, voice: Voice, utterance: Utterance, work: _Work) -> FoundClip:
        try:
            return await self._clips.get(utterance.line, voice, work.options.prosody)
        except VoiceError as error:
            brief = utterance.text.strip()[:20]
            raise type(error)(f"sentence {utterance.index + 1} 「{brief}」: {error}") from error

    async def _is_whole(self, manifest: Narration) -> bool:
        """The audio's length at every look, its hash once a process."""
        if await self._cache.size(audio_path(manifest.id)) != manifest.audio_bytes:
            return False
        if manifest.audio_sha256 not in self._verified:
            if await self._cache.sha256(audio_path(manifest.id)) != manifest.audio_sha256:
                return False
            self._verified.add(manifest.audio_sha256)
        return True


def require_speech(script: Script) -> None:
    """Raises NoArticle if nothing in `script` is to be heard."""
    if not any(u.spoken for u in script.utterances):
        raise NoArticle("the article has no text that could be spoken; send another")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

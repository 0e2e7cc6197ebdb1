"""Assembly of a narration: its script in one voice, spoken ahead, joined in order, handed on as
it comes, then levelled."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reader.errors import VoiceError
from reader.loudness import LoudnessTarget, steps_to
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, GAIN_STEP_DB
from reader.narration.model import TimedUtterance
from reader.narration.retries import Retries
from reader.narration.sink import FrameSink
from reader.narration.spots import Around
from reader.narration.tagging import tags_of
from reader.script import Script, Utterance
from reader.stitch import WrittenFile, write_mp3
from reader.synthesis.shared import Clips, Speaking
from reader.voices import Prosody, Voice
from reader.voices.clip import Clip

AroundOf = Callable[[float], Awaitable[Around]]
"""Gives what is heard around an article of such a loudness: always as long."""
LOOK_AHEAD: Final = 16
"""Sentences asked of the voice before the first is joined: bounds memory. How many of them are
spoken at a time is the voice's own affair; one that is slow must not let the others idle."""


@dataclass(frozen=True, slots=True)
class Progress:
    """One more utterance is joined."""

    utterance: TimedUtterance
    n_done: int
    n_total: int


class Listener:
    """Listener to a narration while it is made. Every method may be overridden."""

    def falls_back(self, why: tuple[VoiceError, ...]) -> None:
        """Another voice than the wanted one is about to begin, and why."""

    def allows_fallback(self) -> bool:
        """Whether another voice may begin, now that the wanted one cannot."""
        return True

    def begins(self, voice: str) -> None:
        """This voice begins the article, from its first sentence."""

    def heard(self, frames: bytes) -> None:
        """The next frames of the narration, sound and pauses.

        They stand in the file alike, but for the gain: the listener's is guessed from the
        first words, the file's is known when all has been heard. See `first_steps`.
        """

    def spoken(self, progress: Progress) -> None:
        """All frames of an utterance were handed to `heard`."""

    def made_elsewhere(self) -> None:
        """Another process made the narration; what was heard here came from its clips."""


@dataclass(slots=True)
class Assembled:
    """Result of an assembly: what was written, and by which voices."""

    utterances: list[TimedUtterance] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    """The voice of each utterance that is heard."""
    failures: list[VoiceError] = field(default_factory=list)
    """Why some are not in the first voice."""
    clips: dict[str, None] = field(default_factory=dict)
    """Keys of the clips that are joined, each once, in order."""
    n_spoken: int = 0
    """Utterances for which a voice was asked; the others came from the cache."""
    gain_steps: int = 0
    """By how many steps all frames are louder than their clips."""
    loudness_lufs: float | None = None
    """Of the article with that gain; None if it is too short to have one."""
    file: WrittenFile = field(default_factory=lambda: WrittenFile(0, 0, ""))


@dataclass(frozen=True, slots=True)
class Manner:
    """Prosody and loudness of the whole."""

    prosody: Prosody
    loudness: LoudnessTarget | None
    """None: as loud as the voices are."""

    def target(self) -> LoudnessTarget | None:
        return self.loudness and self.loudness.louder(self.prosody.volume_percent)


async def assemble(
    script: Script,
    voices: Sequence[Voice],
    manner: Manner,
    clips: Clips,
    audio: Path,
    listener: Listener,
    around: AroundOf | None = None,
) -> Assembled:
    """Write the narration of `script` to `audio`, spoken by the first of `voices`; a sentence
    that it cannot say goes to the next one. `around` gives what is heard before and after it.

    Raises VoiceError naming the sentence, StorageError if the cache fails, OSError if the
    file does.
    """
    listener.begins(voices[0].name)
    target = manner.target()
    frames = audio.with_suffix(".frames")
    guessed = await around(target.lufs if target else -math.inf) if around else Around()
    with frames.open("wb") as out:
        sink = FrameSink(out, listener.heard, target, after=guessed.before)
        speech = _Speech(voices, manner.prosody, clips, sink, Retries(len(script.utterances)))
        done = speech.done
        async with aclosing(speech.begin_ahead(script)) as coming:
            async for utterance, speaking in coming:
                if speaking is None:
                    timed = TimedUtterance.of(utterance, sink.now_s, sink.now_s, ())
                else:
                    timed = await speech.say(utterance, speaking)
                done.utterances.append(timed)
                sink.pause(utterance.pause_ms)
                n_done, n_total = len(done.utterances), len(script.utterances)
                listener.spoken(Progress(timed, n_done, n_total))
        sink.end()
    if guessed.after:
        listener.heard(guessed.after)
    if target is not None:
        done.gain_steps = steps_to(target, sink.meter)
    loudness = sink.meter.integrated_lufs() + done.gain_steps * GAIN_STEP_DB
    done.loudness_lufs = round(loudness, 2) if math.isfinite(loudness) else None
    heard_around = await around(loudness) if around and target else guessed
    done.file = await asyncio.to_thread(_write_file, audio, frames, script, done, heard_around)
    return done


def _write_file(
    audio: Path, frames: Path, script: Script, done: Assembled, around: Around
) -> WrittenFile:
    """Write the file itself, when all that its tags say is known."""
    n_bytes = frames.stat().st_size + len(around.before) + len(around.after)
    duration_s = n_bytes // BYTES_PER_FRAME * FRAME_S
    voice = " + ".join(dict.fromkeys(done.speakers))
    tags = tags_of(script, done.utterances, duration_s, voice=voice, gain_steps=done.gain_steps)
    with audio.open("wb") as out:
        written = write_mp3(out, tags, frames, done.gain_steps, (around.before, around.after))
    frames.unlink()
    return written


@dataclass(frozen=True, slots=True)
class _Speech:
    """The sentences of one narration on their way from the clips to the sink."""

    voices: Sequence[Voice]
    prosody: Prosody
    clips: Clips
    sink: FrameSink
    retries: Retries
    done: Assembled = field(default_factory=Assembled)

    async def begin_ahead(
        self, script: Script
    ) -> AsyncGenerator[tuple[Utterance, Speaking | None], None]:
        """Each utterance with its speaking (None where there is nothing to say), some begun
        ahead.

        The first sentence is begun alone: a listener is waiting for it, and what is begun
        beside it would take its processor. All that was begun ends with the generator.
        """
        begun: deque[tuple[Speaking | None, AsyncExitStack]] = deque()
        rest = iter(script.utterances)

        async def begin(how_many: int) -> None:
            while len(begun) < how_many and (following := next(rest, None)) is not None:
                stack = AsyncExitStack()
                held = self.clips.hold(following.line, self.voices[0], self.prosody)
                speaking = await stack.enter_async_context(held) if following.spoken else None
                begun.append((speaking, stack))

        try:
            for utterance in script.utterances:
                await begin(1)
                speaking, stack = begun[0]
                if speaking is not None and utterance is script.utterances[0]:
                    await speaking.wait_until_begun()
                await begin(LOOK_AHEAD)
                yield utterance, speaking
                begun.popleft()
                await stack.aclose()
        finally:
            for _, stack in begun:
                await stack.aclose()

    async def say(self, utterance: Utterance, speaking: Speaking) -> TimedUtterance:
        """Hand the clip of `utterance` on, part by part; returns when it is all heard. Errors
        of the voice name the sentence."""
        async with AsyncExitStack() as stack:
            speaking = await self._first_that_speaks(utterance, speaking, stack)
            n_parts = 0
            while (part := await _part(utterance, speaking, n_parts)) is not None:
                await self.sink.add(part)
                n_parts += 1
            self.done.n_spoken += speaking.was_spoken
            self.done.clips[speaking.wanted.key] = None
        return self.sink.end_clip(utterance)

    async def _first_that_speaks(
        self, utterance: Utterance, speaking: Speaking, stack: AsyncExitStack
    ) -> Speaking:
        """`utterance` by the first voice that gives a part of it; who does is noted, and why
        others do not."""
        for position, voice in enumerate(self.voices):
            if position:
                speaking = await self._hold(utterance, voice, stack)
            try:
                speaking = await self._with_retries(utterance, speaking, voice, stack)
            except VoiceError as error:
                if voice is self.voices[-1]:
                    raise
                self.done.failures.append(error)
            else:
                self.done.speakers.append(voice.name)
                break
        return speaking

    async def _with_retries(
        self, utterance: Utterance, speaking: Speaking, voice: Voice, stack: AsyncExitStack
    ) -> Speaking:
        """`utterance` by this voice, asked again for it as long as the article's budget lasts."""
        while True:
            try:
                await _part(utterance, speaking, 0)
            except VoiceError as error:
                if not self.retries.take(error):
                    raise
                await asyncio.sleep(self.retries.pause_s)
                speaking = await self._hold(utterance, voice, stack)
            else:
                self.retries.end_sentence()
                return speaking

    async def _hold(self, utterance: Utterance, voice: Voice, stack: AsyncExitStack) -> Speaking:
        held = self.clips.hold(utterance.line, voice, self.prosody)
        return await stack.enter_async_context(held)


async def _part(utterance: Utterance, speaking: Speaking, position: int) -> Clip | None:
    try:
        return await speaking.part(position)
    except VoiceError as error:
        start = utterance.text.strip()[:20]
        number = utterance.index + 1
        raise error.within("in-sentence", number=number, start=start) from error

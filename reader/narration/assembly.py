"""A script in one voice, spoken ahead, joined in order, handed on as it comes, then levelled."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reader.errors import VoiceError
from reader.loudness import LoudnessTarget, steps_to
from reader.mpeg import BYTES_PER_FRAME, FRAME_S
from reader.narration.model import TimedUtterance
from reader.narration.sink import FrameSink
from reader.narration.tagging import tags_of
from reader.script import Script, Utterance
from reader.stitch import write_mp3
from reader.synthesis.shared import Clips, Speaking
from reader.voices import Prosody, Voice
from reader.voices.clip import Clip

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
    """Who wants to know while a narration is made. Every method may be overridden."""

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
    """What was written."""

    utterances: list[TimedUtterance] = field(default_factory=list)
    speakers: list[str] = field(default_factory=list)
    """The voice of each utterance that is heard."""
    failures: list[VoiceError] = field(default_factory=list)
    """Why some are not in the first voice."""
    n_frames: int = 0
    n_spoken: int = 0
    """Utterances for which a voice was asked; the others came from the cache."""
    gain_steps: int = 0
    """By how many steps all frames are louder than their clips."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How all of it is to sound."""

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
) -> Assembled:
    """Write the narration of `script` to `audio`, spoken by the first of `voices`; a sentence
    that it cannot say goes to the next one.

    Raises VoiceError naming the sentence, StorageError if the cache fails, OSError if the
    file does.
    """
    done = Assembled()
    listener.begins(voices[0].name)
    target = manner.target()
    frames = audio.with_suffix(".frames")
    with frames.open("wb") as out:
        sink = FrameSink(out, listener.heard, target)
        async with aclosing(_ahead(script, voices[0], manner.prosody, clips)) as coming:
            async for utterance, speaking in coming:
                timed = TimedUtterance.of(utterance, sink.now_s, sink.now_s, ())
                if speaking is not None:
                    sound = _sound(utterance, speaking, voices, manner.prosody, clips, done)
                    timed = await sink.joined(utterance, sound)
                done.utterances.append(timed)
                sink.pause(utterance.pause_ms)
                n_done, n_total = len(done.utterances), len(script.utterances)
                listener.spoken(Progress(timed, n_done, n_total))
        sink.end()
    if target is not None:
        done.gain_steps = steps_to(target, sink.meter)
    done.n_frames = await asyncio.to_thread(_finish, audio, frames, script, done)
    return done


def _finish(audio: Path, frames: Path, script: Script, done: Assembled) -> int:
    """The file itself, when all that its tag says is known."""
    n_frames = frames.stat().st_size // BYTES_PER_FRAME
    duration_s = n_frames * FRAME_S
    tags = tags_of(script, done.utterances, duration_s, gain_steps=done.gain_steps)
    with audio.open("wb") as out:
        write_mp3(out, tags, frames, done.gain_steps)
    frames.unlink()
    return n_frames


async def _ahead(
    script: Script, voice: Voice, prosody: Prosody, clips: Clips
) -> AsyncGenerator[tuple[Utterance, Speaking | None], None]:
    """Each utterance with its speaking (None where there is nothing to say), some begun ahead.

    The first sentence is begun alone: a listener is waiting for it, and what is begun beside
    it would take its processor. All that was begun ends with the generator.
    """
    begun: deque[tuple[Speaking | None, AsyncExitStack]] = deque()
    rest: Iterator[Utterance] = iter(script.utterances)

    async def begin(how_many: int) -> None:
        while len(begun) < how_many and (following := next(rest, None)) is not None:
            stack = AsyncExitStack()
            held = clips.hold(following.line, voice, prosody)
            speaking = await stack.enter_async_context(held) if following.spoken else None
            begun.append((speaking, stack))

    try:
        await begin(1)
        for utterance in script.utterances:
            speaking, stack = begun[0]
            if speaking is not None and utterance is script.utterances[0]:
                await speaking.first_part()
            await begin(LOOK_AHEAD)
            yield utterance, speaking
            begun.popleft()
            await stack.aclose()
    finally:
        for _, stack in begun:
            await stack.aclose()


async def _sound(
    utterance: Utterance,
    speaking: Speaking,
    voices: Sequence[Voice],
    prosody: Prosody,
    clips: Clips,
    done: Assembled,
) -> AsyncGenerator[Clip, None]:
    """The parts of the clip by the first voice that has any; `done` hears which."""
    async with AsyncExitStack() as stack:
        for position, voice in enumerate(voices):
            if position:
                held = clips.hold(utterance.line, voice, prosody)
                speaking = await stack.enter_async_context(held)
            n_parts = 0
            try:
                async with aclosing(_named(utterance, speaking)) as parts:
                    async for part in parts:
                        n_parts += 1
                        yield part
            except VoiceError as error:
                if n_parts or voice is voices[-1]:
                    raise
                done.failures.append(error)
            else:
                done.speakers.append(voice.name)
                done.n_spoken += speaking.was_spoken
                return


async def _named(utterance: Utterance, speaking: Speaking) -> AsyncGenerator[Clip, None]:
    """The parts of the clip; errors of the voice name the sentence."""
    try:
        async with aclosing(speaking.parts()) as parts:
            async for part in parts:
                yield part
    except VoiceError as error:
        brief = utterance.text.strip()[:20]
        raise type(error)(f"sentence {utterance.index + 1} 「{brief}」: {error}") from error

"""A script in one voice, spoken ahead, joined in order, written as it comes."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reader.clip import Clip
from reader.clips import Clips, Speaking
from reader.errors import VoiceError
from reader.mpeg import FRAME_S
from reader.narration import TimedUtterance
from reader.script import Script, Utterance
from reader.stitch import Mp3Writer, Tags
from reader.voices import Prosody, Voice

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
        """The next frames of the narration, sound and pauses as they will stand in the file."""

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


async def assemble(
    script: Script,
    voices: Sequence[Voice],
    prosody: Prosody,
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
    with audio.open("wb") as out:
        tags = Tags(script.title, script.byline, date=script.published)
        writer = Mp3Writer(out, tags)
        async with aclosing(_ahead(script, voices[0], prosody, clips)) as coming:
            async for utterance, speaking in coming:
                start = writer.n_frames
                parts: list[Clip] = []
                if speaking is not None:
                    sound = _sound(utterance, speaking, voices, prosody, clips, done)
                    async with aclosing(sound):
                        async for part in sound:
                            writer.write(part.frames)
                            listener.heard(part.frames)
                            parts.append(part)
                end = writer.n_frames
                marks = Clip.joined(parts).marks if parts else ()
                timed = TimedUtterance.of(utterance, start * FRAME_S, end * FRAME_S, marks)
                done.utterances.append(timed)
                listener.heard(writer.pause(utterance.pause_ms))
                n_done, n_total = len(done.utterances), len(script.utterances)
                listener.spoken(Progress(timed, n_done, n_total))
        done.n_frames = writer.finish()
    return done


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

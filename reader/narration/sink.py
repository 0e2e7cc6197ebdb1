"""Where a narration's frames go while it is spoken: to the file and to whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import BinaryIO

from reader.loudness import Level, LoudnessMeter, LoudnessTarget, first_steps, measure
from reader.mpeg import FRAME_S, room_for, with_gain
from reader.narration.model import TimedUtterance
from reader.script import Utterance
from reader.stitch import Joiner
from reader.voices.clip import Clip


class FrameSink:
    """Takes clips and pauses in order.

    The file gets the frames as they are: its gain is known when all has been measured. The
    listener gets them with the gain that the first words ask for.
    """

    def __init__(
        self, out: BinaryIO, heard: Callable[[bytes], None], target: LoudnessTarget | None
    ) -> None:
        self._joiner = Joiner()
        self._out = out
        self._heard = heard
        self._target = target
        self._steps: int | None = None
        """The listener's gain, None until something is heard."""

    @property
    def now_s(self) -> float:
        """How much there is so far, in seconds."""
        return round(self._joiner.n_frames * FRAME_S, 3)

    @property
    def meter(self) -> LoudnessMeter:
        return self._joiner.meter

    async def joined(
        self, utterance: Utterance, sound: AsyncGenerator[Clip, None]
    ) -> TimedUtterance:
        """Hand the utterance on, part by part; returns when it is heard."""
        parts: list[Clip] = []
        levels: list[Level] = []
        async with aclosing(sound):
            async for part in sound:
                level = part.level
                if level is None:
                    level = await asyncio.to_thread(measure, part.frames)
                self._part(part.frames, level)
                parts.append(part)
                levels.append(level)
        heard = self._joiner.heard(Level.joined(levels))
        # WordTimings count from the clip's beginning, times from the first sound in it.
        marks = [mark.later(heard.clip_s - heard.start_s) for mark in Clip.joined(parts).marks]
        return TimedUtterance.of(utterance, heard.start_s, heard.end_s, tuple(marks))

    def pause(self, pause_ms: int) -> None:
        """Hand on what can be of the pause after the utterance."""
        self._hand_on(self._joiner.pause(pause_ms), 0)

    def end(self) -> None:
        """Hand on the rest of the last pause."""
        self._hand_on(self._joiner.end(), 0)

    def _part(self, frames: bytes, level: Level) -> None:
        if self._steps is None:
            self._steps = first_steps(self._target, level) if self._target else 0
        self._hand_on(self._joiner.part(frames, level), room_for(self._steps, level.gains))

    def _hand_on(self, frames: bytes, steps: int) -> None:
        self._out.write(frames)
        self._heard(with_gain(frames, steps))

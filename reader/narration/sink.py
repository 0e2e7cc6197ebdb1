"""Sink of a narration's frames while it is spoken: the file, and whoever listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import BinaryIO

from reader.loudness import Level, LoudnessMeter, LoudnessTarget, first_steps, measure
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, room_for, with_gain
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
        self,
        out: BinaryIO,
        heard: Callable[[bytes], None],
        target: LoudnessTarget | None,
        *,
        after: bytes = b"",
    ) -> None:
        """`after` are the frames that are heard before all of it: times count from there. The
        listener gets them with the first sound: until then another voice may begin anew."""
        self._joiner = Joiner(len(after) // BYTES_PER_FRAME)
        self._out = out
        self._heard = heard
        self._before = after
        self._target = target
        self._steps: int | None = None
        """The listener's gain, None until something is heard."""
        self._parts: list[Clip] = []
        self._levels: list[Level] = []

    @property
    def now_s(self) -> float:
        """Length so far, in seconds."""
        return round(self._joiner.n_frames * FRAME_S, 3)

    @property
    def meter(self) -> LoudnessMeter:
        return self._joiner.meter

    async def add(self, part: Clip) -> None:
        """Hand on the next part of a clip."""
        level = part.level
        if level is None:
            level = await asyncio.to_thread(measure, part.frames)
        if self._steps is None:
            self._steps = first_steps(self._target, level) if self._target else 0
        self._hand_on(self._joiner.part(part.frames, level), room_for(self._steps, level.gains))
        self._parts.append(part)
        self._levels.append(level)

    def end_clip(self, utterance: Utterance) -> TimedUtterance:
        """`utterance` with its times; its clip's last part has just been added."""
        span = self._joiner.span_of(Level.join(self._levels))
        clip = Clip.join(self._parts)
        self._parts, self._levels = [], []
        # Timings count from the clip's beginning, an utterance's from the first sound in it.
        timings = [timing.later(span.clip_s - span.start_s) for timing in clip.timings]
        return TimedUtterance.of(utterance, span.start_s, span.end_s, timings)

    def pause(self, pause_ms: int) -> None:
        """Hand on what can be of the pause after the utterance."""
        self._hand_on(self._joiner.pause(pause_ms), 0)

    def end(self) -> None:
        """Hand on the rest of the last pause."""
        self._hand_on(self._joiner.end(), 0)

    def _hand_on(self, frames: bytes, steps: int) -> None:
        self._out.write(frames)
        self._heard(self._before + with_gain(frames, steps))
        self._before = b""

"""Clips and pauses to one stream of frames, and when each clip is heard in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from reader.loudness import Level, LoudnessMeter
from reader.mpeg import FRAME_MS, FRAME_S, frames_of_ms, silence

_KEPT_BACK_MS: Final = 168
"""As much silence as a clip may begin with: what a voice leaves, 25 to 50 ms, and a stop before
it bursts, up to 100."""


@dataclass(frozen=True, slots=True)
class HeardSpan:
    """Span of a clip, in seconds of the presented audio."""

    clip_s: float
    """Where the clip begins: its timings count from here."""
    start_s: float
    """When its sound begins and ends: later and earlier, by the clip's own silence."""
    end_s: float


class Joiner:
    """Puts parts of clips and pauses one after another. Memory does not grow.

    A pause is rhythm: it lasts from the last sound of one clip to the first of the next, so
    the silence that the clips bring along at their ends counts towards it. Its end is written
    when the next clip is there; its beginning at once, or a listener who has to wait for that
    clip would wait in the last syllable of this one.
    """

    def __init__(self, n_before: int = 0) -> None:
        """`n_before` frames are heard before the first that is joined."""
        self.n_frames = n_before
        """Frames so far: what comes next is heard at `n_frames` · 24 ms."""
        self.meter = LoudnessMeter()
        self._pause_ms = 0
        self._n_silent = 0
        """Frames of the pause that are written already."""
        self._quiet_ms = 0.0
        """How long nothing has been heard."""

    def part(self, frames: bytes, level: Level) -> bytes:
        """The frames to append for the next part of a clip, with what is left of a pause."""
        length_ms = level.n_frames * FRAME_MS
        lead_ms = level.heard_from_ms if level.is_heard else length_ms
        before = frames_of_pause(self._pause_ms - self._quiet_ms - lead_ms)
        self.meter.add(level, after_silent_frames=self._n_silent + before)
        self._pause_ms = self._n_silent = 0
        self.n_frames += before + level.n_frames
        if level.is_heard:
            self._quiet_ms = length_ms - level.heard_to_ms
        else:
            self._quiet_ms += before * FRAME_MS + length_ms
        return silence(before) + frames if before else frames

    def pause(self, pause_ms: int) -> bytes:
        """The frames to append now of a pause."""
        self._pause_ms += pause_ms
        n_frames = frames_of_pause(self._pause_ms - self._quiet_ms - _KEPT_BACK_MS)
        self.n_frames += n_frames
        self._n_silent += n_frames
        self._quiet_ms += n_frames * FRAME_MS
        return silence(n_frames)

    def end(self) -> bytes:
        """The frames to append after the last clip: the pause after it."""
        after = frames_of_pause(self._pause_ms - self._quiet_ms)
        self._pause_ms = 0
        self.n_frames += after
        return silence(after)

    def span_of(self, level: Level) -> HeardSpan:
        """The span of the clip whose last part has just been appended."""
        clip_s = round((self.n_frames - level.n_frames) * FRAME_S, 3)
        if not level.is_heard:
            return HeardSpan(clip_s, clip_s, round(self.n_frames * FRAME_S, 3))
        start_s, end_s = level.heard_from_ms / 1000, level.heard_to_ms / 1000
        return HeardSpan(clip_s, max(0.0, round(clip_s + start_s, 3)), round(clip_s + end_s, 3))


def frames_of_pause(ms: float) -> int:
    """As many frames as come nearest; none where the clips are silent for longer already."""
    return max(0, frames_of_ms(ms))

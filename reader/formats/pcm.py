"""Canonical frames to samples as a stream, at the timeline's places to the sample."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Final

import soundfile

from reader.mpeg import (
    BYTES_PER_FRAME,
    CODEC_DELAY_SAMPLES,
    SAMPLES_PER_FRAME,
    TRAILING_FRAMES,
    silence,
    without_looking_back,
)

_CONTEXT_BYTES: Final = BYTES_PER_FRAME * 12
"""Frames decoded again before a stretch of a stream: the bit reservoir (at most 255 bytes
back) and the decoder's overlap reach no further."""
_CHUNK_BYTES: Final = BYTES_PER_FRAME * 64
_SAMPLE_BYTES: Final = 2


async def pcm_of(frames: AsyncIterator[bytes]) -> AsyncGenerator[bytes, None]:
    """Mono 24 kHz signed 16-bit samples, 576 a frame: what players present."""
    decoder = _Decoder()
    async for chunk in frames:
        if pcm := await asyncio.to_thread(decoder.feed, chunk):
            yield pcm
    yield await asyncio.to_thread(decoder.finish)


class _Decoder:
    def __init__(self) -> None:
        self._before = self._left = b""
        self._skip_bytes = CODEC_DELAY_SAMPLES * _SAMPLE_BYTES

    def feed(self, frames: bytes) -> bytes:
        """The samples that are there once `frames` are; whole frames or any bytes of them."""
        self._left += frames
        whole = len(self._left) - len(self._left) % _CHUNK_BYTES
        return self._decode(whole) if whole else b""

    def finish(self) -> bytes:
        """The rest, with what the codec's delay has kept back."""
        self._left += silence(TRAILING_FRAMES)
        pcm = self._decode(len(self._left))
        n_too_many = TRAILING_FRAMES * SAMPLES_PER_FRAME - CODEC_DELAY_SAMPLES
        return pcm[: len(pcm) - n_too_many * _SAMPLE_BYTES]

    def _decode(self, n_bytes: int) -> bytes:
        frames, self._left = self._left[:n_bytes], self._left[n_bytes:]
        # The first frames before look back at what is not here, of which the decoder complains.
        before = without_looking_back(self._before, BYTES_PER_FRAME)
        samples, _ = soundfile.read(io.BytesIO(before + frames), dtype="int16")
        wanted = n_bytes // BYTES_PER_FRAME * SAMPLES_PER_FRAME
        pcm: bytes = samples[len(samples) - wanted :].astype("<i2").tobytes()
        self._before = (self._before + frames)[-_CONTEXT_BYTES:]
        skipped = min(self._skip_bytes, len(pcm))
        self._skip_bytes -= skipped
        return pcm[skipped:]

"""A voice for tingwen that hums: one tone for every character that would be spoken."""

from __future__ import annotations

import asyncio

import numpy as np

from reader.errors import UnknownVoice, Unpronounceable, VoiceRefused
from reader.mpeg import canonical_frames, encode_pcm
from reader.script import Line
from reader.voices import Prosody, VoiceInfo
from reader.voices.clip import Clip, WordTiming

RATE_HZ = 24_000
SYLLABLE_S = 0.2
LEAD_S = 0.05
PITCHES_HZ = {"low": 150, "high": 300}


class ToneVoice:
    """`tone:low` or `tone:high`; `tone` is low."""

    version = "1"

    def __init__(self, variant: str = "") -> None:
        variant = variant or "low"
        if variant not in PITCHES_HZ:
            known = ", ".join(f"tone:{name}" for name in PITCHES_HZ)
            raise UnknownVoice(f"there is no voice 'tone:{variant}'; choose one of: {known}")
        self.name = f"tone:{variant}"
        self._hz = PITCHES_HZ[variant]

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        return [
            VoiceInfo(
                name=f"tone:{variant}",
                locale="",
                gender="",
                description=f"hums at {hz} Hz",
                licence="MIT",
                needs_network=False,
                installed=True,
            )
            for variant, hz in PITCHES_HZ.items()
        ]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if prosody.volume_percent:
            raise VoiceRefused("the voice `tone` has one volume; leave the volume alone")
        places = [i for i, character in enumerate(line.spoken) if character.isalnum()]
        if not places:
            raise Unpronounceable(f"nothing in {line.spoken!r} can be hummed; leave it out")
        syllable_s = SYLLABLE_S * 100 / (100 + prosody.rate_percent)
        frames = await asyncio.to_thread(
            _hummed, len(places), syllable_s, self._hz + prosody.pitch_hz
        )
        timings = (
            WordTiming(place, place + 1, LEAD_S + n * syllable_s, LEAD_S + (n + 1) * syllable_s)
            for n, place in enumerate(places)
        )
        return Clip(frames, tuple(timings))

    async def close(self) -> None:
        """Nothing to let go of."""


def _hummed(n_syllables: int, syllable_s: float, hz: float) -> bytes:
    t = np.arange(round(syllable_s * RATE_HZ)) / RATE_HZ
    envelope = np.minimum(1, np.minimum(t, t[::-1]) / 0.02)
    tone = 0.3 * envelope * np.sin(2 * np.pi * hz * t)
    samples = np.concatenate([np.zeros(round(LEAD_S * RATE_HZ)), *[tone] * n_syllables])
    return canonical_frames(encode_pcm((samples * 32767).astype("<i2").tobytes()))

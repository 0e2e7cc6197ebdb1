"""How far the times of characters are from what is heard: onsets after pauses.

    python -m bench.intelligibility.onsets [--voice kokoro] [--set old] [--first 40]

After a pause the first character begins where energy rises; its time is compared with that. Also
the share of onsets that lie more than 80 ms off, which a reader of captions sees.
"""

from __future__ import annotations

import argparse
import asyncio
from typing import Any

import numpy as np

from bench.intelligibility.speak import SETS, sentences_of
from reader.mpeg import SAMPLE_RATE_HZ, SAMPLES_PER_FRAME, decode, silence
from reader.script import Line, speak_form
from reader.voices import Prosody, Voice, Voices
from reader.voices.clip import Clip

_AROUND_FRAMES = 2
_HOP = SAMPLE_RATE_HZ // 500
_QUIET_HOPS = 20
"""40 ms below the threshold make a pause."""
_HEARD = 0.02


def differences_ms(clip: Clip, spoken: str) -> list[float]:
    """Time told less time heard, of every character after a mark."""
    around = silence(_AROUND_FRAMES)
    samples = decode(around + clip.frames + around)[_AROUND_FRAMES * SAMPLES_PER_FRAME :]
    peaks = np.abs(samples[: len(samples) // _HOP * _HOP]).reshape(-1, _HOP).max(axis=1)
    loud = peaks > _HEARD
    onsets_s = np.array(
        [
            i * _HOP / SAMPLE_RATE_HZ
            for i in np.flatnonzero(loud)
            if not loud[max(0, i - _QUIET_HOPS) : i].any()
        ]
    )
    found = []
    for timing in clip.timings:
        if is_after_pause(spoken, timing.start):
            nearest = onsets_s[np.abs(onsets_s - timing.start_s).argmin()]
            found.append((timing.start_s - float(nearest)) * 1000)
    return found


def is_after_pause(spoken: str, at: int) -> bool:
    """Whether a mark stands before the character; letters with spaces between are one word."""
    before = spoken[at - 1 : at]
    return not (before.isalnum() or before.isspace())


async def measure(voice: Voice, sentences: list[str]) -> list[float]:
    found: list[float] = []
    for sentence in sentences:
        spoken = speak_form(sentence)
        found += differences_ms(await voice.speak(Line(spoken), Prosody()), spoken)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", default="kokoro")
    parser.add_argument("--set", choices=SETS, default="old")
    parser.add_argument("--first", type=int, default=62)
    options: Any = parser.parse_args()
    voice = Voices().open(options.voice)
    found = np.array(asyncio.run(measure(voice, sentences_of(options.set)[: options.first])))
    print(
        f"{voice.name}: {len(found)} onsets, median {np.median(np.abs(found)):.0f} ms off "
        f"(signed {np.median(found):+.0f}), {np.mean(np.abs(found) > 80):.1%} more than 80 ms"
    )


if __name__ == "__main__":
    main()

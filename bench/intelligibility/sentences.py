"""Syllable error rate of the embedded voice on sentences of news style, end to end.

    python -m bench.intelligibility.sentences [--worst 10]

Each sentence of sentences.txt goes from raw text through script, pronunciation, voice and MP3
to Whisper-base; what is said and what is heard are compared as syllables without tones.
"""

from __future__ import annotations

import argparse
import asyncio
import io
from pathlib import Path
from typing import Any

from bench.intelligibility.ear import Alignment, compare, possible_syllables, syllables, transcribe
from reader.mpeg import frames_of_ms, silence
from reader.script import Line, speak_form
from reader.voices import Prosody, Voice
from reader.voices.baker import BakerVoice

SENTENCES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
_AROUND = silence(frames_of_ms(400))
"""Whisper drops words that begin at once."""


async def said_and_heard(voice: Voice, sentence: str) -> tuple[str, Alignment]:
    """What Whisper-base writes of the spoken sentence, and how it compares."""
    spoken = speak_form(sentence)
    clip = await voice.speak(Line(spoken), Prosody())
    transcript = transcribe(io.BytesIO(_AROUND + clip.frames + _AROUND))
    return transcript, compare(syllables(spoken), possible_syllables(transcript))


async def measure(voice: Voice, sentences: list[str]) -> list[tuple[str, str, Alignment]]:
    return [(s, *await said_and_heard(voice, s)) for s in sentences]


def report(results: list[tuple[str, str, Alignment]], n_worst: int) -> None:
    """Print the rate over all syllables and the worst sentences."""
    n_said = sum(h.n_said for _, _, h in results)
    n_errors = sum(h.n_errors for _, _, h in results)
    print(f"{len(results)} sentences, {n_errors} of {n_said} syllables: {n_errors / n_said:.2%}")
    for sentence, transcript, heard in sorted(results, key=lambda r: -r[2].rate)[:n_worst]:
        if heard.n_errors:
            differences = " ".join(f"{a or '-'}→{b or '-'}" for a, b in heard.differences)
            print(f"{heard.rate:6.1%}  {sentence}")
            print(f"        {transcript.strip()}\n        {differences}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--worst", type=int, default=10)
    options: Any = parser.parse_args()
    report(asyncio.run(measure(BakerVoice(), SENTENCES)), options.worst)


if __name__ == "__main__":
    main()

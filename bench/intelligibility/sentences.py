"""Syllable error rate of a voice on sentences of news style, end to end.

    python -m bench.intelligibility.sentences [--voice kokoro:zf_xiaobei] [--set old] [--worst 10]

Each sentence goes from raw text through script, pronunciation, voice and MP3 to Whisper-base; what
is said and what is heard are compared as syllables without tones. Sets: `old`, 62 sentences;
`new`, 100 with names, numbers and English. Latin letters and words are counted apart.
"""

from __future__ import annotations

import argparse
import asyncio
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.intelligibility.ear import Alignment, compare, possible_syllables, syllables, transcribe
from bench.intelligibility.speak import SETS, sentences_of, spoken_file
from reader.mpeg import frames_of_ms, silence
from reader.script import speak_form
from reader.voices import Voice, Voices

_AROUND = silence(frames_of_ms(400))
"""Whisper drops words that begin at once."""
_LATIN = re.compile(r"[A-Za-z]+")


class Latin(str):
    """A syllable of a Latin word, as it would be spelled in Mandarin."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was heard of one sentence. `n_han_errors` leaves out what stands for Latin."""

    sentence: str
    transcript: str
    heard: Alignment
    n_han: int
    n_han_errors: int


def listen(sentence: str, mp3: bytes) -> Result:
    """What Whisper-base writes of the spoken sentence, and how it compares."""
    said = _said(speak_form(sentence))
    transcript = transcribe(io.BytesIO(_AROUND + mp3 + _AROUND))
    heard = compare(said, possible_syllables(transcript))
    n_han = sum(not isinstance(s, Latin) for s in said)
    return Result(sentence, transcript.strip(), heard, n_han, _n_han_errors(heard))


def _said(spoken: str) -> list[str]:
    said: list[str] = []
    for part in re.split(r"([A-Za-z]+)", spoken):
        found = syllables(part) if part.strip() else []
        said += [Latin(s) for s in found] if _LATIN.fullmatch(part) else found
    return said


def _n_han_errors(heard: Alignment) -> int:
    """Errors that are not of Latin: what was added beside a misheard Latin word is of it."""
    n, after_latin = 0, False
    for said, _ in heard.differences:
        if isinstance(said, Latin):
            after_latin = True
        elif said or not after_latin:
            n += 1
            after_latin = False
    return n


async def measure(voice: Voice, sentences: list[str], folder: Path) -> list[Result]:
    """The results of all sentences; each is printed when it is known."""
    results = []
    for sentence in sentences:
        file = await spoken_file(voice, sentence, folder)
        results.append(listen(sentence, file.read_bytes()))
    return results


def report(results: list[Result], n_worst: int) -> None:
    """Print the rates over all syllables and the worst sentences."""
    n_said = sum(r.heard.n_said for r in results)
    n_errors = sum(r.heard.n_errors for r in results)
    n_han = sum(r.n_han for r in results)
    n_han_errors = sum(r.n_han_errors for r in results)
    print(
        f"{len(results)} sentences, Han: {n_han_errors} of {n_han} syllables, "
        f"{n_han_errors / n_han:.2%}; with Latin: {n_errors} of {n_said}, {n_errors / n_said:.2%}"
    )
    for result in sorted(results, key=lambda r: -r.heard.rate)[:n_worst]:
        if result.heard.n_errors:
            differences = " ".join(f"{a or '-'}→{b or '-'}" for a, b in result.heard.differences)
            print(f"{result.heard.rate:6.1%}  {result.sentence}")
            print(f"        {result.transcript}\n        {differences}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--voice", default="kokoro")
    parser.add_argument("--set", choices=SETS, default="old")
    parser.add_argument("--worst", type=int, default=10)
    parser.add_argument("--every", type=int, default=1, help="only each nth sentence")
    parser.add_argument("--folder", type=Path, help="where the MP3s are kept between runs")
    options: Any = parser.parse_args()
    folder = options.folder or Path(tempfile.gettempdir()) / "tingwen-spoken"
    sentences = sentences_of(options.set)[:: options.every]
    voice = Voices().open(options.voice)
    print(f"{voice.name}, set {options.set}")
    report(asyncio.run(measure(voice, sentences, folder)), options.worst)


if __name__ == "__main__":
    main()

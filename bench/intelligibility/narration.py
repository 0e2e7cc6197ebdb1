"""How much of a narration Whisper-base mishears, in syllables without tones.

python -m bench.intelligibility.narration AUDIO.mp3 SOURCE
"""

from __future__ import annotations

import sys

from bench.intelligibility.ear import compare, possible_syllables, syllables, transcribe
from reader.article import extract, load_source
from reader.script import write_script


def main(audio: str, source: str) -> None:
    """Print the rate and every difference."""
    script = write_script(extract(load_source(source)))
    said = [s for u in script.utterances for s in syllables(u.spoken)]
    heard = compare(said, possible_syllables(transcribe(audio)))
    print(f"{heard.n_errors} of {heard.n_said} syllables: {heard.rate:.2%}")
    print(" ".join(f"{a or '-'}→{b or '-'}" for a, b in heard.differences))


if __name__ == "__main__":
    main(*sys.argv[1:])

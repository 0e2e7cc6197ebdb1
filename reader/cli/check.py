"""`tingwen read --check`: Whisper listens to what was written."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.narration.listening_check import Ear, mismatches, whisper
from reader.narration.model import Narration

open_ear = whisper


def report_mismatches(narration: Narration, audio: Path, ear: Ear) -> None:
    """Say which sentences an ear does not hear in the file."""
    n_spoken = sum(1 for u in narration.utterances if u.end_s > u.start_s)
    n_misheard = 0
    for one in mismatches(narration, audio, ear):
        n_misheard += 1
        print(
            f"tingwen: sentence {one.index + 1} 「{one.text}」 was heard as 「{one.heard}」",
            file=sys.stderr,
        )
    print(f"tingwen: {n_spoken - n_misheard} of {n_spoken} sentences match", file=sys.stderr)

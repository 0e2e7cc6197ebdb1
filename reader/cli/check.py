"""`tingwen read --check`: Whisper listens to what was written."""

from __future__ import annotations

import sys
from pathlib import Path

from reader.messages.text import say
from reader.narration.listening_check import Ear, mismatches, whisper
from reader.narration.model import Narration

open_ear = whisper


def report_mismatches(narration: Narration, audio: Path, ear: Ear) -> None:
    """Say which sentences an ear does not hear in the file."""
    n_spoken = sum(1 for u in narration.utterances if u.end_s > u.start_s)
    n_misheard = 0
    for one in mismatches(narration, audio, ear):
        n_misheard += 1
        _tell(
            say(
                "sentence {number} 「{text}」 was heard as 「{heard}」",
                number=one.index + 1,
                text=one.text,
                heard=one.heard,
            )
        )
    n_matching = n_spoken - n_misheard
    _tell(say("{n_matching} of {n} sentences match", n_matching=n_matching, n=n_spoken))


def _tell(line: str) -> None:
    print(f"tingwen: {line}", file=sys.stderr)

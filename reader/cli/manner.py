"""From the words of the command line to how a script is read."""

from __future__ import annotations

import argparse

from reader.cli.inputs import voice_from
from reader.loudness import LoudnessTarget
from reader.narration.narrator import ReadOptions
from reader.voices import Prosody


def read_options_from(options: argparse.Namespace) -> ReadOptions:
    """The voice, its prosody, the loudness. Raises BadOptions."""
    return ReadOptions(
        voice=voice_from(options),
        prosody=Prosody(options.rate, options.pitch, options.volume),
        loudness=None if options.loudness is None else LoudnessTarget(options.loudness),
        fallback=options.fallback is not False,
        mix=options.mix,
    )

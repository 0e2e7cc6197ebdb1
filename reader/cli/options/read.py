"""The words of `tingwen read`."""

from __future__ import annotations

import argparse

from reader.cli.options.shared import add_prosody, add_source, add_spots, add_title, add_voice
from reader.formats import FORMATS


def add_to(command: argparse.ArgumentParser) -> None:
    """The article, the voice, the files."""
    add_source(command)
    add_voice(command)
    _add_output(command)
    add_prosody(command)
    add_title(command)
    add_spots(command.add_argument_group("what is heard around it"))
    command.add_argument(
        "--check", action="store_true", help="list the sentences that Whisper hears otherwise"
    )
    command.set_defaults(command="reader.cli.read:command")


def _add_output(command: argparse.ArgumentParser) -> None:
    output = command.add_argument_group("what is written")
    output.add_argument(
        "-o",
        "--output",
        metavar="OUT.mp3",
        help="or .wav, .flac, .opus, .m4a, .aac; default: an MP3 named by the title",
    )
    output.add_argument(
        "--format",
        choices=FORMATS,
        help="whatever the name ends in; mp3-44100 is 44.1 kHz, 128 kbit/s, for hosts that insist",
    )
    output.add_argument(
        "--play", action="store_true", help="and play it, with a player of this machine"
    )
    output.add_argument("--json", action="store_true", help="for programs: what was written")
    output.add_argument("--captions", metavar="OUT.vtt", help="or .srt or .json")
    output.add_argument("--karaoke", action="store_true", help="a time for each word of WebVTT")
    output.add_argument("--lyrics", action="store_true", help="sentences with times in the tag")
    output.add_argument("--cover", metavar="IMAGE", help="a JPEG or PNG for the tag")

"""Captions from the timeline: cues that can be read, in the forms that players take."""

from reader.captions.cues import CaptionWord, Cue, cues_of
from reader.captions.write import FORMS, captions_json, srt, timestamp, webvtt, write_captions

__all__ = [
    "FORMS",
    "CaptionWord",
    "Cue",
    "captions_json",
    "cues_of",
    "srt",
    "timestamp",
    "webvtt",
    "write_captions",
]

"""Captions from the timeline: cues that can be read, in the forms that players take."""

from reader.captions.cues import Cue, Word, cues_of
from reader.captions.write import FORMS, captions_json, srt, timestamp, webvtt, written

__all__ = [
    "FORMS",
    "Cue",
    "Word",
    "captions_json",
    "cues_of",
    "srt",
    "timestamp",
    "webvtt",
    "written",
]

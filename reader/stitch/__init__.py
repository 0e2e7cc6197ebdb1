"""Joining: clips and pauses to one MP3, frame by frame, and the timeline of what is heard."""

from reader.stitch.joiner import HeardSpan, Joiner
from reader.stitch.tags import DISCLOSURE, LANGUAGE, Chapter, Tags, clean, mime_of
from reader.stitch.writer import Mp3Writer, WrittenFile, write_mp3

__all__ = [
    "DISCLOSURE",
    "LANGUAGE",
    "Chapter",
    "HeardSpan",
    "Joiner",
    "Mp3Writer",
    "Tags",
    "WrittenFile",
    "clean",
    "mime_of",
    "write_mp3",
]

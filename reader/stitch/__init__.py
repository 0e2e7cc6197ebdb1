"""Joining: clips and pauses to one MP3, frame by frame, and the timeline of what is heard."""

from reader.stitch.joiner import Heard, Joiner
from reader.stitch.tags import Chapter, Tags
from reader.stitch.writer import Mp3Writer, write_mp3

__all__ = ["Chapter", "Heard", "Joiner", "Mp3Writer", "Tags", "write_mp3"]

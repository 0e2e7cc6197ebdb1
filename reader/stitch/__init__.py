"""Joining: clips and pauses to one MP3, frame by frame, and the timeline of what is heard."""

from reader.stitch.tags import Tags
from reader.stitch.writer import Mp3Writer

__all__ = ["Mp3Writer", "Tags"]

"""`baker`, the voice that needs no network."""

from reader.voices.baker.voice import BakerVoice
from reader.voices.baker.weights import install

__all__ = ["BakerVoice", "install"]

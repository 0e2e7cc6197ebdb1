"""`kokoro`, the embedded voice that a publisher may use."""

from reader.voices.kokoro import weights
from reader.voices.kokoro.voice import KokoroVoice
from reader.voices.kokoro.weights import install

__all__ = ["KokoroVoice", "install", "weights"]

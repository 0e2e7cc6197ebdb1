"""`edge`: the neural voices of Microsoft Edge's read-aloud service, through edge-tts."""

from reader.voices.edge.settings import EdgeSettings
from reader.voices.edge.voice import EdgeVoice

__all__ = ["EdgeSettings", "EdgeVoice"]

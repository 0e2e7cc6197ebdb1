"""Voices: one engine a module, opened by name through `Voices`."""

from reader.voices.protocol import Prosody, StreamingVoice, Voice, VoiceInfo, stream_of
from reader.voices.registry import AUTO, Voices

__all__ = [
    "AUTO",
    "Prosody",
    "StreamingVoice",
    "Voice",
    "VoiceInfo",
    "Voices",
    "stream_of",
]

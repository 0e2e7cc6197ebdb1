"""Voices: one engine a module, opened by name through `Voices`."""

from reader.voices.protocol import Prosody, Voice, VoiceInfo
from reader.voices.registry import AUTO, Voices

__all__ = ["AUTO", "Prosody", "Voice", "VoiceInfo", "Voices"]

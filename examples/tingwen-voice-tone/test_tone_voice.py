"""The voice keeps every promise of a voice."""

from __future__ import annotations

from tingwen_voice_tone import ToneVoice

from reader.voices.contract import VoiceContract


class TestToneVoice(VoiceContract):
    def open_voice(self) -> ToneVoice:
        return ToneVoice()

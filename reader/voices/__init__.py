"""Voices: one engine a module, opened by name through `Voices`.

Names are loaded on first use: the list of voices needs no samples, and cache keys no engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.lazy_names import lazy_names

if TYPE_CHECKING:
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

_MODULES: Final = {
    "AUTO": "registry",
    "Prosody": "protocol",
    "StreamingVoice": "protocol",
    "Voice": "protocol",
    "VoiceInfo": "protocol",
    "Voices": "registry",
    "stream_of": "protocol",
}
__getattr__ = lazy_names(__name__, _MODULES)

"""Voices: one engine a module, opened by name through `Voices`.

Names are loaded on first use: the list of voices needs no samples, and cache keys no engine.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

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


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

"""Voices by the names that guests know, and names that people can choose from."""

from __future__ import annotations

import re
from typing import Final

from reader.errors import UnknownVoice
from reader.voices import AUTO, VoiceInfo, Voices
from reader.voices.names import name_for_people

OPENAI_VOICES: Final = frozenset(
    ["alloy", "ash", "ballad", "cedar", "coral", "echo", "fable"]
) | frozenset(["marin", "nova", "onyx", "sage", "shimmer", "verse"])
"""OpenAI's own: each stands for the service's voice."""
_EDGE: Final = re.compile(r"[a-z]{2,3}-[A-Z]{2}-[\w-]+Neural")
"""How voices of the Edge service are called, also those that it got after our list was made."""


def usable_voices(voices: Voices) -> list[VoiceInfo]:
    """The voices that can speak as the service is set up now."""
    return [voice for voice in voices.catalogue() if voice.installed]


def resolve_voice(wanted: str, voices: Voices) -> str:
    """The name of the voice that a guest calls `wanted`, in any case: "" (the service's own) for
    OpenAI's names, the full name for one without its engine (`zh-TW-YunJheNeural`) and for a name
    that people are shown. What nobody knows is returned as it is."""
    asked = wanted.strip().casefold()
    if asked in OPENAI_VOICES:
        return ""
    for engine in (AUTO, *voices.engines):
        if asked == engine.casefold():
            return engine
    for voice in voices.catalogue():
        variant = voice.name.partition(":")[2]
        if asked in (voice.name.casefold(), variant.casefold(), name_for_people(voice).casefold()):
            return voice.name
    return f"edge:{wanted}" if _EDGE.fullmatch(wanted) else wanted


def require_offered(name: str, voices: Voices) -> None:
    """Raises UnknownVoice for a voice that the operator has not listed: one of a paid service,
    chosen by a client, would cost him what he never agreed to.

    An engine alone, or one that lists nothing, offers whatever it opens; of Edge's, which are
    free, also those that are newer than our list.
    """
    engine, _, variant = name.partition(":")
    if (
        name in ("", AUTO)
        or engine not in voices.engines
        or not variant
        or _EDGE.fullmatch(variant)
    ):
        return
    listed = [voice.name for voice in voices.catalogue() if voice.name.startswith(f"{engine}:")]
    model, slash, _ = listed[0].rpartition("/") if listed else ("", "", "")
    if listed and name not in listed and (not slash or f"{model}/{variant}" not in listed):
        raise UnknownVoice("voice-not-offered", name=name)

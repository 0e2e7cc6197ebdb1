"""Names of voices that people can choose from."""

from __future__ import annotations

from typing import Final

from reader.voices.protocol import VoiceInfo

_GENDERS: Final = {"Female": "女", "Male": "男"}
_PLACES: Final = {
    "zh-TW": "台灣",
    "zh-HK": "香港粵語",
    "zh-CN": "普通話",
    "zh-CN-liaoning": "東北話",
    "zh-CN-shaanxi": "陝西話",
}


def name_for_people(voice: VoiceInfo) -> str:
    """What a list shows for a voice: 曉臻（女，台灣）."""
    if voice.label:
        return voice.label
    first = voice.description.split(" ")[0]
    person = first if first[:1] > "\u3000" else voice.name.partition(":")[2] or voice.name
    where = _PLACES.get(voice.locale, voice.locale) if voice.needs_network else "離線"
    known = "，".join(filter(None, (_GENDERS.get(voice.gender, ""), where)))
    return f"{person}（{known}）" if known else person

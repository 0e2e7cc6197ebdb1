"""The Chinese voices of the Edge service: the list shipped here, and the service's own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Final

import aiohttp
import edge_tts

from reader.errors import UnknownVoice
from reader.voices.edge.endpoint import EndpointConnector
from reader.voices.edge.settings import EdgeSettings
from reader.voices.edge.wire import MALFORMED, translate_error
from reader.voices.protocol import VoiceInfo
from reader.voices.remote import Guard, Pulse

DEFAULT: Final = "zh-TW-HsiaoChenNeural"
_LOCALES: Final = ("zh-TW", "zh-HK", "zh-CN")
_VOICE_NAME: Final = re.compile(r"[a-z]{2,3}-[A-Z]{2}-(?:[a-z]+-)?\w+Neural")
_LICENCE: Final = "unofficial free service of Microsoft: personal use"


@cache
def load_shipped() -> tuple[VoiceInfo, ...]:
    """The voices of `voices.json`, Taiwan's first."""
    text = files(__package__).joinpath("voices.json").read_text("utf-8")
    return tuple(_info(*row) for row in json.loads(text))


def check_variant(variant: str) -> str:
    """`variant`, if it has the form of a voice's name: the service may have got new ones.

    Raises UnknownVoice, naming those shipped.
    """
    if not _VOICE_NAME.fullmatch(variant):
        names = ", ".join(info.name for info in load_shipped())
        raise UnknownVoice("edge-no-variant", variant=variant, names=names)
    return variant


async def live(settings: EdgeSettings, guard: Guard) -> list[VoiceInfo]:
    """The voices that the service lists now, ordered as the shipped list is.

    Raises VoiceUnavailable, VoiceRefused or BadAudio.
    """

    async def request(pulse: Pulse) -> list[VoiceInfo]:
        connector = EndpointConnector(
            settings.endpoint.reveal(), bool(settings.proxy), pulse.note_connection
        )
        try:
            listed = await edge_tts.list_voices(
                connector=connector, proxy=settings.proxy.reveal() or None
            )
            return [
                _listed(voice["ShortName"], voice["Locale"], voice["Gender"], voice["FriendlyName"])
                for voice in listed
                if voice["Locale"].startswith(_LOCALES)
            ]
        except (aiohttp.ClientError, OSError, *MALFORMED) as error:
            raise translate_error(error) from error
        finally:
            await connector.shut()

    found = await guard.ask(request)
    return sorted(found, key=lambda info: (_LOCALES.index(info.locale[:5]), info.name))


def _listed(short_name: str, locale: str, gender: str, friendly_name: str) -> VoiceInfo:
    """A voice of the service's list, by the Chinese name that we know of it."""
    listed = _info(short_name, locale, gender, friendly_name)
    known = {info.name: info.description for info in load_shipped()}
    return replace(listed, description=known.get(listed.name, friendly_name))


def _info(short_name: str, locale: str, gender: str, description: str) -> VoiceInfo:
    return VoiceInfo(
        name=f"edge:{short_name}",
        locale=locale,
        gender=gender,
        description=description,
        licence=_LICENCE,
        needs_network=True,
        installed=True,
    )

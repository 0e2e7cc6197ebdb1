"""Headers that say which voice speaks, and why it is not the one that was asked for."""

from __future__ import annotations

from typing import Final, Protocol
from urllib.parse import quote

from reader.errors import TingwenError
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import word_all

VOICE: Final = "X-Tingwen-Voice"
WHY: Final = "X-Tingwen-Voice-Why"
_MOST_OF_WHY: Final = 600
"""Characters of a header's value."""


class Spoken(Protocol):
    """What was or is being spoken."""

    @property
    def voice(self) -> str: ...
    @property
    def why(self) -> tuple[TingwenError, ...]: ...


def voice_headers(spoken: Spoken) -> dict[str, str]:
    """Of a narration or a job; no header where there is nothing to say."""
    return headers_of(spoken.voice, word_all(spoken.why, Language.ENGLISH, Door.HTTP))


def headers_of(voice: str, why: str) -> dict[str, str]:
    """The same in ASCII, which is all that headers hold for sure: the rest as percent signs."""
    told = {
        VOICE: quote(voice, safe=":/+ "),
        WHY: quote(why, safe=" ,.;:()'`/-")[:_MOST_OF_WHY],
    }
    return {name: value for name, value in told.items() if value}

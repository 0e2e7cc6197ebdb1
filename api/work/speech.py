"""A text on its way to the ear: its frames, who speaks, and why not the one who was asked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Final

from api.work.jobs import Job
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import word_all
from reader.mpeg import silence
from reader.narration.model import Narration

_SILENCE_FRAMES: Final = 10
"""A quarter of a second."""


class Speech:
    """A text that is spoken: its frames as they come; `voice` and `why` once the first has."""

    def __init__(self, frames: AsyncIterator[bytes], source: Narration | Job | None) -> None:
        self.frames = frames
        self._source = source

    @classmethod
    def of_nothing(cls) -> Speech:
        """A short silence, where there is nothing to say."""
        return cls(_silence(), None)

    @property
    def voice(self) -> str:
        """The voice that speaks, "" if there is nothing to say."""
        return self._source.voice if self._source is not None else ""

    @property
    def why(self) -> str:
        """Why it is not the wanted one, in English, "" if it is."""
        if self._source is None:
            return "nothing to say"
        return word_all(self._source.why, Language.ENGLISH, Door.HTTP)


async def _silence() -> AsyncIterator[bytes]:
    yield silence(_SILENCE_FRAMES)

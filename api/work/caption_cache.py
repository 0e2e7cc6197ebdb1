"""Captions that were laid out lately: everybody who hears an article asks for the same, and laying
them out takes tens of milliseconds."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from reader.narration.model import Narration

_MOST: Final = 128
"""Some 20 kB each."""


class CaptionCache:
    """Bodies and their ETags, by narration, sound and form; the last used at the end."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str, str], tuple[bytes, str]] = OrderedDict()

    async def get(
        self, narration: Narration, form: str, write: Callable[[Narration], bytes]
    ) -> tuple[bytes, str]:
        """What `write` makes of the narration, or made of it lately, and its ETag."""
        key = (narration.id, narration.audio_sha256, form)
        found = self._kept.get(key)
        if found is None:
            body = await asyncio.to_thread(write, narration)
            found = self._kept[key] = body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def forget(self, narration_id: str) -> None:
        """Let go of all forms of a narration."""
        for key in [key for key in self._kept if key[0] == narration_id]:
            del self._kept[key]

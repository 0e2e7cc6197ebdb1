"""What was asked for, kept in the cache: every process of a service can answer for it.

A narration is asked of one process, and its audio of another: behind a proxy nobody knows
which. The order is in the cache before the id is given out, so whichever process is asked for
an id joins the work, or takes it up where a process that died has left it.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from audio_cache import Cache, CacheError
from reader.errors import StorageError, TingwenError
from reader.narrate import ReadOptions
from reader.script import Reading, Script, Utterance
from reader.voices import Prosody


class Orders:
    """Scripts and options by the id of their narration."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    async def keep(self, narration: str, script: Script, options: ReadOptions) -> None:
        """Raises StorageError."""
        fields = {"script": asdict(script), "options": asdict(options)}
        # Lone surrogates cannot be encoded; as escapes they come back as they were.
        data = json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")
        try:
            await self._cache.put(_path(narration), data)
        except CacheError as error:
            raise StorageError(str(error)) from error

    async def find(self, narration: str) -> tuple[Script, ReadOptions] | None:
        """What was asked for under an id, or None. Raises StorageError."""
        try:
            data = await self._cache.get(_path(narration))
        except CacheError as error:
            raise StorageError(str(error)) from error
        if data is None:
            return None
        try:
            fields = json.loads(data)
            return _script(fields["script"]), _options(fields["options"])
        except (ValueError, KeyError, TypeError, TingwenError):
            return None  # of a release that kept them otherwise


def _path(narration: str) -> str:
    return f"orders/{narration[:2]}/{narration}.json"


def _script(fields: dict[str, Any]) -> Script:
    return Script(
        **{
            **fields,
            "paragraphs": tuple(fields["paragraphs"]),
            "utterances": tuple(_utterance(one) for one in fields["utterances"]),
        }
    )


def _utterance(fields: dict[str, Any]) -> Utterance:
    readings = (Reading(**{**r, "syllables": tuple(r["syllables"])}) for r in fields["readings"])
    return Utterance(**{**fields, "readings": tuple(readings)})


def _options(fields: dict[str, Any]) -> ReadOptions:
    return ReadOptions(**{**fields, "prosody": Prosody(**fields["prosody"])})

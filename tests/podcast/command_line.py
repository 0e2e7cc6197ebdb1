"""`tingwen podcast` as a stranger calls it, with a tone for a voice."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from unittest.mock import patch

from audio_cache import Cache
from reader.cli.dispatch import run
from reader.narration.narrator import Narrator
from tests.pipeline.voices import Tone, voices


def podcast(*words: str, out: Path, cache: Path, now_s: int | None = None) -> int:
    """`tingwen podcast WORDS --out OUT` in this process; its exit status."""
    environment = {"TINGWEN_CACHE": str(cache), "TINGWEN_VOICE": "tone"}
    if now_s is not None:
        environment["SOURCE_DATE_EPOCH"] = str(now_s)
    with (
        patch.dict(os.environ, environment),
        patch("reader.cli.podcast.open_narrator", _narrator),
    ):
        try:
            return run(["podcast", *words, "--out", str(out)])
        except SystemExit as end:
            return int(end.code or 0)


@asynccontextmanager
async def _narrator(cache: Cache) -> AsyncIterator[Narrator]:
    yield Narrator(cache, voices(tone=Tone()))

"""What can be set about `kokoro`, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reader.errors import BadOptions

_LATIN = ("english", "mandarin")


@dataclass(frozen=True, slots=True)
class KokoroSettings:
    """How the voice speaks; part of what is heard."""

    latin: str = "english"
    """Latin letters and words: in English, or spelled with Mandarin syllables."""

    def __post_init__(self) -> None:
        if self.latin not in _LATIN:
            raise BadOptions("kokoro-latin-bad", value=self.latin, names=", ".join(_LATIN))


def settings_from_environment() -> KokoroSettings:
    """Raises BadOptions for a value that cannot work."""
    return KokoroSettings(os.environ.get("TINGWEN_KOKORO_LATIN", "english"))

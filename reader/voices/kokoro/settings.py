"""What can be set about `kokoro`, from the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reader.errors import BadOptions

_LATIN = ("english", "mandarin")


@dataclass(frozen=True, slots=True)
class KokoroSettings:
    """How the voice works; `latin` is part of what is heard."""

    latin: str = "english"
    """Latin letters and words: in English, or spelled with Mandarin syllables."""
    idle_s: float = 0.0
    """Seconds without work after which the model is let go; 0: never. It is back in a second."""

    def __post_init__(self) -> None:
        if self.latin not in _LATIN:
            raise BadOptions(
                f"TINGWEN_KOKORO_LATIN is {self.latin!r}; it must be one of: {', '.join(_LATIN)}"
            )
        if self.idle_s < 0:
            raise BadOptions(f"TINGWEN_VOICE_IDLE_S is {self.idle_s}; give seconds, 0 or more")


def settings_from_environment() -> KokoroSettings:
    """Raises BadOptions for a value that cannot work."""
    idle = os.environ.get("TINGWEN_VOICE_IDLE_S", "0")
    try:
        idle_s = float(idle)
    except ValueError as error:
        raise BadOptions(f"TINGWEN_VOICE_IDLE_S is {idle!r}; give seconds") from error
    return KokoroSettings(os.environ.get("TINGWEN_KOKORO_LATIN", "english"), idle_s)

"""A narration's captions as a file. Imported where captions are asked for: cutting them at words
needs dictionaries."""

from __future__ import annotations

from pathlib import Path

from reader.captions import FORMS, write_captions
from reader.errors import BadOptions
from reader.narration.model import Narration


def require_form(path: Path) -> None:
    """Raises BadOptions if the name of `path` ends in no form of captions."""
    if _form(path) not in FORMS:
        raise BadOptions("captions-format-unknown", path=path)


def caption_text(narration: Narration, path: Path, *, karaoke: bool) -> bytes:
    """What to write to `path`, in the form that its name ends in."""
    return write_captions(narration, _form(path), karaoke=karaoke)


def _form(path: Path) -> str:
    return path.suffix.lower().lstrip(".")

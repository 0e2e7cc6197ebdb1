"""Names that newsreaders say otherwise than a dictionary or their letters tell."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def load_names() -> dict[str, str]:
    """Phonemes of each name in names.tsv."""
    text = files("reader.voices.kokoro").joinpath("names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return dict(rows)

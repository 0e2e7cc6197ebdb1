"""The script for people: what is written, what is said, and the pauses, side by side."""

from __future__ import annotations

from rich.table import Table

from reader.script import Script


def render(script: Script) -> Table:
    """A table, an utterance a row."""
    table = Table("#", "text", "spoken", "pause ms")
    for utterance in script.utterances:
        table.add_row(
            str(utterance.index), utterance.text, utterance.spoken, str(utterance.pause_ms)
        )
    return table

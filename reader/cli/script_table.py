"""A script side by side in a terminal: what is written, what is said, and the pauses."""

from __future__ import annotations

from difflib import SequenceMatcher

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reader.messages.text import say
from reader.script import HEADLINE, Script, Utterance

_CHANGED = "bold yellow"
_FIXED = "bold cyan"
_DROPPED = "dim strike"


def print_table(script: Script) -> None:
    """Print the script on stdout."""
    Console().print(render(script))


def render(script: Script) -> Table:
    """A table for rich: number, text with what is not said struck out, what is said, pause.

    What is said otherwise than written is coloured, and so are words of the lexicon.
    """
    table = Table(title=script.title or None, show_lines=False, pad_edge=False, expand=True)
    table.add_column("", justify="right", style="dim", no_wrap=True)
    table.add_column(say("written"), ratio=1)
    table.add_column(say("spoken"), ratio=1)
    table.add_column(say("pause"), justify="right", style="dim", no_wrap=True)
    previous = None
    for utterance in script.utterances:
        if previous is not None and utterance.paragraph != previous:
            table.add_section()
        previous = utterance.paragraph
        written, spoken = _compared(utterance)
        table.add_row(_label(utterance), written, spoken, f"{utterance.pause_ms / 1000:.2f} s")
    return table


def _label(utterance: Utterance) -> str:
    paragraph = say("head") if utterance.paragraph == HEADLINE else str(utterance.paragraph + 1)
    return f"{paragraph}·{utterance.index}"


def _compared(utterance: Utterance) -> tuple[Text, Text]:
    """The text and its spoken form, each with its differences marked."""
    text = utterance.text.strip()
    written, spoken = Text(text), Text(utterance.spoken or say("(not read)"))
    if not utterance.spoken:
        written.stylize(_DROPPED)
        spoken.stylize("dim")
        return written, spoken
    matcher = SequenceMatcher(None, text, utterance.spoken, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "delete":
            written.stylize(_DROPPED, a, b)
        elif tag != "equal":
            written.stylize(_CHANGED, a, b)
            spoken.stylize(_CHANGED, c, d)
    for reading in utterance.readings:
        spoken.stylize(_FIXED, reading.start, reading.end)
        spoken.append(f"\n{' '.join(reading.syllables)}", style="cyan")
    return written, spoken

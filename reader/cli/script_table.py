"""A script side by side in a terminal: what is written, what is said, and the pauses."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from reader.messages.text import say
from reader.script import HEADLINE, Script, Utterance

_CHANGED: Final = "bold yellow"
_FIXED: Final = "bold cyan"
_DROPPED: Final = "dim strike"
_SIGNS: Final = "〔", "〕"
"""Around what is changed or not said, where nothing can be coloured."""
_LEGEND: Final = "〔 〕 is said otherwise, or not at all"
_NARROW_COLUMNS: Final = 50
"""Below it two columns of text have no room side by side."""
_SILENT: Final = "(not read)"


def print_table(script: Script) -> None:
    """Print the script on stdout, every word of it, however narrow that is."""
    console = Console()
    has_signs = console.color_system is None or console.no_color
    shows = render_narrow if console.width < _NARROW_COLUMNS else render
    console.print(shows(script, has_signs=has_signs))
    if has_signs:
        console.print(say(_LEGEND))


def render(script: Script, *, has_signs: bool = False) -> Table:
    """A table for rich: number, text with what is not said struck out, what is said, pause.

    What is said otherwise than written is coloured, and so are words of the lexicon; `has_signs`
    puts brackets around it as well.
    """
    table = Table(title=script.title or None, show_lines=False, pad_edge=False, expand=True)
    table.add_column("", justify="right", style="dim", no_wrap=True)
    # Chinese has no spaces to wrap at: fold, since an ellipsis would hide words.
    table.add_column(say("written"), ratio=1, overflow="fold")
    table.add_column(say("spoken"), ratio=1, overflow="fold")
    table.add_column(say("pause"), justify="right", style="dim", no_wrap=True)
    previous = None
    for utterance in script.utterances:
        if previous is not None and utterance.paragraph != previous:
            table.add_section()
        previous = utterance.paragraph
        written, spoken = _compared(utterance, has_signs)
        table.add_row(_label(utterance), written, spoken, _pause(utterance))
    return table


def render_narrow(script: Script, *, has_signs: bool = False) -> RenderableType:
    """The same for a narrow terminal: what is said below what is written, where it differs."""
    return Group(Text(script.title, style="bold"), *_stacked(script, has_signs))


def _stacked(script: Script, has_signs: bool) -> Iterator[Text]:
    for utterance in script.utterances:
        written, spoken = _compared(utterance, has_signs)
        yield Text(f"{_label(utterance)} {_pause(utterance)}", style="dim", overflow="fold")
        written.overflow = spoken.overflow = "fold"
        yield written
        if written.plain != spoken.plain:
            yield spoken


def _label(utterance: Utterance) -> str:
    paragraph = say("head") if utterance.paragraph == HEADLINE else str(utterance.paragraph + 1)
    return f"{paragraph}·{utterance.index}"


def _pause(utterance: Utterance) -> str:
    return f"{utterance.pause_ms / 1000:.2f} s"


def _compared(utterance: Utterance, has_signs: bool) -> tuple[Text, Text]:
    """The text and its spoken form, each with its differences marked."""
    text = utterance.text.strip()
    if not utterance.spoken:
        return _marked(text, [(0, len(text), _DROPPED)], has_signs), Text(say(_SILENT), "dim")
    matcher = SequenceMatcher(None, text, utterance.spoken, autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    written = [(a, b, _DROPPED if c == d else _CHANGED) for _, a, b, c, d in changes if a < b]
    spoken = [(c, d, _CHANGED) for _, _, _, c, d in changes if c < d]
    readings = [(reading.start, reading.end, _FIXED) for reading in utterance.readings]
    said = _marked(utterance.spoken, spoken, has_signs, readings)
    for reading in utterance.readings:
        said.append(f"\n{' '.join(reading.syllables)}", style="cyan")
    return _marked(text, written, has_signs), said


_Spans = list[tuple[int, int, str]]
"""Start, end and style."""


def _marked(text: str, spans: _Spans, has_signs: bool, more: _Spans | None = None) -> Text:
    """`text` with the spans in their styles, and in brackets too; `more` spans are only styled."""
    styled = Text(text)
    for start, end, style in (*spans, *(more or ())):
        styled.stylize(style, start, end)
    if not has_signs:
        return styled
    opening, closing = _SIGNS
    out, at = Text(), 0
    for start, end, _ in spans:
        out.append(styled[at:start]).append(opening).append(styled[start:end]).append(closing)
        at = end
    return out.append(styled[at:])

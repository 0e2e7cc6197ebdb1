"""The explanation of a page as lines of text, in the user's language."""

from __future__ import annotations

from typing import Final

from reader.article.explain import Explanation
from reader.article.model import Evidence
from reader.cli.status import one_line
from reader.messages.columns import width
from reader.messages.language import Language, language_of_environment
from reader.messages.text import say, translated

_MARK_KEPT: Final = "+"
_MARK_DROPPED: Final = "-"
_REASON_COLUMNS: Final = 28
_TEXT_CHARS: Final = 80
_BETWEEN: Final = {Language.CHINESE: "；", Language.ENGLISH: "; "}


def format_explanation(explanation: Explanation) -> str:
    """A line a block: a mark, the reason, the beginning of the block; then what came of it."""
    lines = []
    for block in explanation.blocks:
        mark = _MARK_KEPT if block.is_read else _MARK_DROPPED
        reason = _worded(block.reason)
        space = " " * max(_REASON_COLUMNS - width(reason), 0)
        lines.append(f"{mark} {reason}{space} {block.text[:_TEXT_CHARS]}")
    if explanation.evidence is not None:
        lines.append(f"= {_weighed(explanation.evidence)}")
    if explanation.refusal is not None:
        lines.append(f"= {say('refused: {why}', why=one_line(explanation.refusal))}")
    return "\n".join(lines)


def _weighed(evidence: Evidence) -> str:
    told = "read {n} characters, {share:.0%} of what may be text"
    parts = [say(told, n=evidence.taken_chars, share=evidence.coverage)]
    if evidence.body_share is not None:
        parts.append(say("{share:.0%} of the text in its JSON-LD", share=evidence.body_share))
    if evidence.described is not None:
        begins = "begins as described" if evidence.described else "does not begin as described"
        parts.append(say(begins))
    return _BETWEEN[language_of_environment()].join(parts)


def _worded(reason: str) -> str:
    kind, _, name = reason.partition(" ")
    return say("furniture {name}", name=name) if kind == "furniture" else translated(reason)

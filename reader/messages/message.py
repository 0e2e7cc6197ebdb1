"""A row of the catalogue: what an error says, in both languages, at each door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Door(Enum):
    """Where a message is read, which decides what can be done about it there."""

    COMMAND_LINE = "command line"
    HTTP = "HTTP"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Wording:
    """What happened and what to do in one language: a template for `str.format` with the facts
    of the error. `http` and `page` differ where those who read it there can do something else."""

    line: str
    http: str = ""
    page: str = ""

    def at(self, door: Door) -> str:
        """The template for one door."""
        if door is Door.PAGE:
            return self.page or self.http or self.line
        return (self.http if door is Door.HTTP else "") or self.line


@dataclass(frozen=True, slots=True)
class Message:
    """A kind of error in both languages."""

    english: Wording
    chinese: Wording


Rows = Mapping[str, Message]
"""Messages by kind."""

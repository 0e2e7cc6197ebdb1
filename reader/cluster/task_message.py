"""Task message: what a worker is asked to say, and all that goes through Redis."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from reader.script import Line, Reading
from reader.synthesis.in_process import Urgency, Wanted
from reader.voices import Prosody


@dataclass(frozen=True, slots=True)
class TaskMessage:
    """Message of the task that speaks one clip."""

    key: str
    """Under which the clip is wanted: a worker whose voice is of another version has another."""
    voice: str
    line: Line
    prosody: Prosody
    urgency: Urgency

    @classmethod
    def of(cls, wanted: Wanted) -> TaskMessage:
        name = wanted.voice.name
        return cls(wanted.key, name, wanted.line, wanted.prosody, wanted.urgency)

    def to_message(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_message(cls, message: dict[str, Any]) -> TaskMessage:
        line = message["line"]
        readings = (Reading(**{**r, "syllables": tuple(r["syllables"])}) for r in line["readings"])
        return cls(
            message["key"],
            message["voice"],
            Line(line["spoken"], tuple(readings)),
            Prosody(**message["prosody"]),
            Urgency(message["urgency"]),
        )

"""What stays of an episode that was withdrawn."""

from __future__ import annotations

import json
from dataclasses import dataclass

from reader.podcast.record import Record


@dataclass(frozen=True, slots=True)
class Removed:
    """An episode that was withdrawn: it must not come back by itself."""

    guid: str
    title: str
    words: str = ""
    sketch: str = ""
    source: str = ""

    def to_json(self) -> bytes:
        fields = {
            "guid": self.guid, "title": self.title, "words": self.words, "sketch": self.sketch,
            "source": self.source,
        }  # fmt: skip
        return json.dumps(fields, ensure_ascii=False, indent=1).encode("utf-8", "replace")

    @classmethod
    def from_json(cls, data: bytes) -> Removed:
        """Raises ValueError or TypeError on what `to_json` did not write."""
        return cls(**json.loads(data))

    def as_record(self) -> Record:
        """As an episode without files, to be compared with."""
        return Record(
            self.guid, "", "", 0.0, title=self.title, words=self.words, sketch=self.sketch,
            source=self.source,
        )  # fmt: skip

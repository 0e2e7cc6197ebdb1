"""What the feed must know of an episode, one small file each, written when its files are whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from reader.stitch import Chapter


@dataclass(frozen=True, slots=True)
class Record:
    """An episode whose files lie in the folder."""

    guid: str
    fingerprint: str
    """Of all that the files depend on: equal means that there is nothing to do."""
    name: str
    """Of the files, under `episodes/`, without suffix."""
    duration_s: float
    audio_bytes: int = 0
    audio_sha256: str = ""
    title: str = ""
    byline: str = ""
    published: str = ""
    """ISO 8601 with an offset."""
    lead: str = ""
    link: str = ""
    order: int = 0
    """Place among the episodes of the same moment, as their sources were given."""
    disclosure: str = ""
    articles: tuple[Chapter, ...] = ()
    """Of a digest: what is heard when."""

    def path(self, suffix: str) -> str:
        """Where a file of this episode lies in the folder."""
        return f"episodes/{self.name}{suffix}"

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "replace"
        )

    @classmethod
    def from_json(cls, data: bytes) -> Record:
        """Raises ValueError, KeyError or TypeError on what `to_json` did not write."""
        fields = json.loads(data)
        fields["articles"] = tuple(Chapter(**chapter) for chapter in fields["articles"])
        return cls(**fields)

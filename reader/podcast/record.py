"""What the feed must know of an episode, one small file each, written when its files are whole."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from reader.podcast.chapters import ChapterStart
from reader.podcast.likeness import Sketch
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
    source: str = ""
    """Name of the file or address that it was read from."""
    canonical: str = ""
    """The article's own address, where the page names one: then it alone says who this is."""
    words: str = ""
    """Digest of the article's words; "" in records of releases that kept none."""
    sketch: str = ""
    """Of the words, as `Sketch.to_text` writes it."""
    narration: str = ""
    """Id of the narration whose sound this is."""
    marks: tuple[ChapterStart, ...] = ()
    """Of its chapters."""
    format: str = "mp3"
    is_day_only: bool = False
    """Whether the article names its day and no time, and the time is ours."""
    season: int = 0
    number: int = 0
    image: str = ""
    """Path in the folder of the episode's own picture."""

    def path(self, suffix: str) -> str:
        """Where a file of this episode lies in the folder."""
        return f"episodes/{self.name}{suffix}"

    def words_sketch(self) -> Sketch | None:
        """The sketch of its words; None where none was kept."""
        try:
            return Sketch.from_text(self.words, self.sketch) if self.words else None
        except ValueError:
            return None

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True, indent=1).encode(
            "utf-8", "replace"
        )

    @classmethod
    def from_json(cls, data: bytes) -> Record:
        """Raises ValueError, KeyError or TypeError on what `to_json` did not write."""
        fields = json.loads(data)
        fields["articles"] = tuple(Chapter(**chapter) for chapter in fields["articles"])
        fields["marks"] = tuple(ChapterStart(**mark) for mark in fields.get("marks", ()))
        return cls(**fields)

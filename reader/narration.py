"""A finished narration: what is heard when, by which voice, and whether all of it is there."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from reader.clip import Mark
from reader.script import Utterance


@dataclass(frozen=True, slots=True)
class TimedUtterance:
    """An utterance and when it is heard, in seconds of the presented audio.

    `start_s` equals `end_s` where there is nothing to say. `marks` are the voice's word or
    character times, their offsets into `spoken`, their seconds from the start of the audio.
    """

    index: int
    paragraph: int
    text: str
    spoken: str
    start_s: float
    end_s: float
    marks: tuple[Mark, ...] = ()

    @classmethod
    def of(
        cls, utterance: Utterance, start_s: float, end_s: float, marks: tuple[Mark, ...]
    ) -> TimedUtterance:
        moved = tuple(mark.later(start_s) for mark in marks)
        return cls(
            utterance.index,
            utterance.paragraph,
            utterance.text,
            utterance.spoken,
            round(start_s, 3),
            round(end_s, 3),
            moved,
        )


@dataclass(frozen=True, slots=True)
class Narration:
    """The manifest of one narrated article. Only complete ones exist: coverage is 1."""

    id: str
    title: str
    byline: str
    published: str
    voice: str
    """The voice that speaks."""
    wanted_voice: str
    """The voice that was asked for."""
    why: str
    """Why another voice than the wanted one speaks; "" if it does not."""
    paragraphs: tuple[str, ...]
    utterances: tuple[TimedUtterance, ...]
    duration_s: float
    audio_bytes: int
    audio_sha256: str
    n_spoken: int = 0
    """Sentences that were synthesized for it; the others came from the cache."""
    gain_steps: int = 0
    """Steps of 1.505 dB by which all frames are louder than the clips that they were."""

    @property
    def coverage(self) -> float:
        """Share of the utterances with something to say that are heard."""
        wanted = [u for u in self.utterances if u.spoken]
        heard = [u for u in wanted if u.end_s > u.start_s]
        return len(heard) / len(wanted) if wanted else 0.0

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":")).encode()

    @classmethod
    def from_json(cls, data: bytes) -> Narration:
        """Raises ValueError, KeyError or TypeError on what `to_json` did not write."""
        fields = json.loads(data)
        fields["paragraphs"] = tuple(fields["paragraphs"])
        fields["utterances"] = tuple(
            TimedUtterance(**{**u, "marks": tuple(Mark(**m) for m in u["marks"])})
            for u in fields["utterances"]
        )
        return cls(**fields)

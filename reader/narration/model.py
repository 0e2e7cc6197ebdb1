"""A finished narration: what is heard when, by which voice, and whether all of it is there."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any, Final

from reader.errors import TingwenError, VoiceError, from_fields, to_fields
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, TRAILING_FRAMES
from reader.narration.timings import WordTimings
from reader.script import Utterance
from reader.voices.clip import WordTiming

_STORED_TIMINGS: Final = "marks"
"""What manifests call the timings: those that are kept are read on."""


@dataclass(frozen=True, slots=True)
class TimedUtterance:
    """An utterance and when it is heard, in seconds of the presented audio.

    `start_s` equals `end_s` where there is nothing to say. `timings` are the voice's word or
    character times, their offsets into `spoken`, their seconds from the start of the audio.
    """

    index: int
    paragraph: int
    text: str
    spoken: str
    start_s: float
    end_s: float
    timings: WordTimings = field(default_factory=WordTimings)

    @classmethod
    def of(
        cls, utterance: Utterance, start_s: float, end_s: float, timings: Iterable[WordTiming]
    ) -> TimedUtterance:
        """`utterance` heard from `start_s` on; `timings` are timed from there."""
        return cls(
            utterance.index,
            utterance.paragraph,
            utterance.text,
            utterance.spoken,
            round(start_s, 3),
            round(end_s, 3),
            WordTimings.of(timings, round(start_s, 3)),
        )

    def later(self, seconds: float) -> TimedUtterance:
        """The same utterance in a file that begins `seconds` earlier."""
        start_s, end_s = round(self.start_s + seconds, 3), round(self.end_s + seconds, 3)
        return replace(self, start_s=start_s, end_s=end_s, timings=self.timings.later(seconds))

    @classmethod
    def from_fields(cls, stored: dict[str, Any]) -> TimedUtterance:
        """The utterance that `to_fields` gave. Raises ValueError, KeyError or TypeError on
        anything else."""
        found = dict(stored)
        found["timings"] = WordTimings.from_text(found.pop(_STORED_TIMINGS), found["start_s"])
        return cls(**found)

    def to_fields(self) -> dict[str, Any]:
        """For JSON."""
        kept = _fields_of(self)
        kept[_STORED_TIMINGS] = kept.pop("timings").to_text()
        return kept


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
    why: tuple[TingwenError, ...]
    """Why another voice than the wanted one speaks; empty if it does not."""
    paragraphs: tuple[str, ...]
    utterances: tuple[TimedUtterance, ...]
    duration_s: float
    audio_bytes: int
    audio_sha256: str
    n_spoken: int = 0
    """Sentences that were synthesized for it; the others came from the cache."""
    passed_over: tuple[str, ...] = ()
    """Characters that have no reading and are not said; a lexicon can give them one."""
    gain_steps: int = 0
    """Steps of 1.505 dB by which all frames are louder than the clips that they were."""
    loudness_lufs: float | None = None
    """Integrated loudness of the article, without what is heard around it; None in manifests of
    releases that did not say, and of what is too short to have one."""
    url: str = ""
    """Where the article was published, "" if nobody said."""
    clips: tuple[str, ...] = ()
    """Keys of the clips that it was made of, each once: what goes with it when it is withdrawn."""

    @property
    def coverage(self) -> float:
        """Share of the utterances with something to say that are heard."""
        wanted = [u for u in self.utterances if u.spoken]
        heard = [u for u in wanted if u.end_s > u.start_s]
        return len(heard) / len(wanted) if wanted else 0.0

    @property
    def sound_span(self) -> tuple[int, int]:
        """Byte range of the presented frames in the file."""
        end = self.audio_bytes - TRAILING_FRAMES * BYTES_PER_FRAME
        return end - round(self.duration_s / FRAME_S) * BYTES_PER_FRAME, end

    def to_json(self) -> bytes:
        """Compact UTF-8, encoded an utterance at a time: a book's dictionary would be 30 MB."""
        rest = _fields_of(self)
        utterances = b",".join(_encode(u.to_fields()) for u in rest.pop("utterances"))
        rest["why"] = [to_fields(error) for error in self.why]
        return b"".join((_encode(rest)[:-1], b',"utterances":[', utterances, b"]}"))

    @classmethod
    def from_json(cls, data: bytes) -> Narration:
        """Raises ValueError, KeyError or TypeError on what `to_json` did not write."""
        stored = json.loads(data)
        stored["paragraphs"] = tuple(stored["paragraphs"])
        for name in ("passed_over", "clips"):  # releases before had none
            stored[name] = tuple(stored.get(name, ()))
        stored["why"] = _why(stored["why"])
        stored["utterances"] = tuple(map(TimedUtterance.from_fields, stored["utterances"]))
        return cls(**stored)


def _why(stored: Any) -> tuple[TingwenError, ...]:
    """The reasons; releases before the catalogue of messages stored a sentence."""
    if isinstance(stored, str):
        return (VoiceError(stored),) if stored else ()
    return tuple(map(from_fields, stored))


def _encode(record: dict[str, Any]) -> bytes:
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()


def _fields_of(record: TimedUtterance | Narration) -> dict[str, Any]:
    """Unlike `dataclasses.asdict` it copies nothing: a manifest can be a book's."""
    return {f.name: getattr(record, f.name) for f in fields(record)}

"""An episode in the folder: the narration's frames under tags of its own, and what goes with it."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import BinaryIO, Final

from reader.captions import write_captions
from reader.narration.chapters import chapters_json
from reader.narration.model import Narration
from reader.narration.narrator import Narrator
from reader.narration.spots import NO_SPOTS, Spot, Spots
from reader.podcast.chapters import ChapterStart, chapters_of
from reader.podcast.cover import small
from reader.podcast.dates import TAIPEI
from reader.podcast.folder import Folder
from reader.podcast.likeness import NO_WORDS, Sketch
from reader.podcast.options import Show, SoundFormat
from reader.podcast.record import Record
from reader.podcast.sound import sound_of, write_sound
from reader.podcast.transcript import as_html
from reader.script import Script
from reader.stitch import Chapter, Tags

_SCHEMA: Final = 2
"""Raised when the files of an episode are made in another way."""
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """What all episodes of a show have around their words."""

    show: Show
    cover: bytes = b""
    spots: Spots = NO_SPOTS
    sting: Spot | None = None
    loudness_lufs: float = -math.inf
    """What articles are brought to; −inf leaves all as loud as it is."""

    def loudness_beside(self, narration: Narration) -> float:
        """What spots are brought to beside this article."""
        known = narration.loudness_lufs
        return self.loudness_lufs if known is None or math.isinf(self.loudness_lufs) else known


@dataclass(frozen=True, slots=True)
class Picture:
    """An episode's own picture: a square JPEG or PNG as directories take it."""

    data: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Episode:
    """What is to become an episode."""

    guid: str
    script: Script
    published: str
    """ISO 8601 with an offset."""
    lead: str
    link: str
    marks: tuple[ChapterStart, ...]
    order: int
    disclosure: str = ""
    is_digest: bool = False
    stings: tuple[int, ...] = ()
    """Paragraphs before which a sting is heard."""
    source: str = ""
    """Name of the file, or address, that it was read from."""
    canonical: str = ""
    sketch: Sketch = NO_WORDS
    is_day_only: bool = False
    format: SoundFormat = "mp3"
    season: int = 0
    number: int = 0
    picture: Picture | None = None


def fingerprint(episode: Episode, narration_id: str, frame: Frame) -> str:
    """Of all that the files depend on."""
    fields: dict[str, object] = {
        "schema": _SCHEMA,
        "narration": narration_id,
        "published": episode.published,
        "link": episode.link,
        "marks": [asdict(mark) for mark in episode.marks],
        "show": (frame.show.title, frame.show.author, frame.show.language),
        "sound": [
            hashlib.sha256(frame.cover).hexdigest(),
            _digest(frame.spots.intro),
            _digest(frame.spots.outro),
        ],
    }
    # What older releases did not have counts only where it is used: their episodes stay.
    if episode.format != "mp3":
        fields["format"] = episode.format
    if episode.picture:
        fields["picture"] = hashlib.sha256(episode.picture.data).hexdigest()
    if frame.spots.sponsor:
        fields["sponsor"] = _digest(frame.spots.sponsor)
    if episode.stings and frame.sting:
        fields["sting"] = (episode.stings, _digest(frame.sting))
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def _digest(spot: Spot | None) -> str:
    return f"spot:{spot.digest}" if spot else hashlib.sha256().hexdigest()


def known(folder: Folder, episode: Episode, print_: str, show: Show) -> Record | None:
    """The finished episode, if nothing that its files depend on has changed."""
    record = folder.record(episode.guid)
    if record is None or record.fingerprint != print_ or not folder.files.is_whole(record):
        return None
    return _described(record, episode, show)


def as_before(record: Record) -> Episode:
    """The episode of a record, without its words: to be written again from its narration."""
    script = Script(record.title, record.byline, record.published, (), ())
    return Episode(
        guid=record.guid,
        script=script,
        published=record.published,
        lead=record.lead,
        link=record.link,
        marks=record.marks,
        order=record.order,
        disclosure=record.disclosure,
        is_digest=bool(record.articles),
        source=record.source,
        canonical=record.canonical,
        sketch=record.words_sketch() or Sketch(record.words, b""),
        is_day_only=record.is_day_only,
        format="mp3-44100" if record.format == "mp3-44100" else "mp3",
        season=record.season,
        number=record.number,
    )


async def publish(
    folder: Folder,
    narrator: Narrator,
    narration: Narration,
    episode: Episode,
    print_: str,
    frame: Frame,
) -> Record:
    """Write the files of `episode` and then its record. Raises StorageError, CacheError.

    Their name holds the fingerprint: an edition is another file under the same GUID, since
    hosts and apps keep what they fetched from an address.
    """
    spots, loudness = narrator.spots, frame.loudness_beside(narration)
    around = await spots.around(frame.spots, loudness)
    sting = b""
    if frame.sting and episode.stings:
        sting = await spots.frames(frame.sting, loudness)
    sound = sound_of(narration, around, sting, episode.stings)
    timed = sound.timed()
    chapters = chapters_of(timed, episode.marks, sound.duration_s)
    record = _record_of(episode, print_, narration.id, round(sound.duration_s, 3), chapters)
    record = _described(record, episode, frame.show)
    _write_transcripts(folder, record, timed, frame.show.language)
    folder.write(record.path(".chapters.json"), chapters_json(chapters))
    if episode.picture:
        record = replace(record, image=record.path(episode.picture.suffix))
        folder.write(record.image, episode.picture.data)
    # Intro and outro were not changed with it: together they cannot be undone.
    has_more = frame.spots or sound.stings_at
    tags = _tags(episode, frame, chapters, 0 if has_more else narration.gain_steps)
    with folder.replacing(record.path(".mp3")) as out:
        await write_sound(out, sound, narrator.store, tags, episode.format)
        size, digest = _measured(out)
    record = replace(record, audio_bytes=size, audio_sha256=digest)
    folder.keep(record)
    return record


def _record_of(
    episode: Episode, print_: str, narration_id: str, duration_s: float, chapters: Sequence[Chapter]
) -> Record:
    return Record(
        guid=episode.guid,
        fingerprint=print_,
        name=_name(episode, print_),
        duration_s=duration_s,
        articles=tuple(chapters) if episode.is_digest else (),
        narration=narration_id,
        format=episode.format,
        season=episode.season,
        number=episode.number,
    )


def _write_transcripts(folder: Folder, record: Record, narration: Narration, language: str) -> None:
    folder.write(record.path(".vtt"), write_captions(narration, "vtt"))
    folder.write(record.path(".srt"), write_captions(narration, "srt"))
    folder.write(record.path(".html"), as_html(narration, language))


def _measured(out: BinaryIO) -> tuple[int, str]:
    out.seek(0)
    digest = hashlib.sha256()
    while piece := out.read(_CHUNK_BYTES):
        digest.update(piece)
    return out.tell(), digest.hexdigest()


def _described(record: Record, episode: Episode, show: Show) -> Record:
    """The record with what the feed says, of which the files know nothing."""
    return replace(
        record,
        title=episode.script.title or show.title,
        byline=episode.script.byline,
        published=episode.published,
        lead=episode.lead,
        link=episode.link,
        order=episode.order,
        disclosure=episode.disclosure,
        source=episode.source,
        canonical=episode.canonical,
        words=episode.sketch.digest,
        sketch=episode.sketch.to_text(),
        marks=episode.marks,
        is_day_only=episode.is_day_only,
    )


def _tags(episode: Episode, frame: Frame, chapters: Sequence[Chapter], gain_steps: int) -> Tags:
    return Tags(
        title=episode.script.title or frame.show.title,
        artist=frame.show.author or episode.script.byline,
        album=frame.show.title,
        date=episode.published[:19],
        source_url=episode.link,
        chapters=tuple(chapters),
        cover=small(episode.picture.data) if episode.picture else frame.cover,
        gain_steps=gain_steps,
    )


def _name(episode: Episode, print_: str) -> str:
    day = datetime.fromisoformat(episode.published).astimezone(TAIPEI)
    return f"{day:%Y%m%d}-{episode.guid.replace('-', '')[:12]}-{print_[:12]}"

"""An episode in the folder: the narration's frames under tags of its own, and what goes with it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import BinaryIO, Final

from reader.captions import write_captions
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, frames_of_ms, silence
from reader.narration.chapters import chapters_json
from reader.narration.model import Narration
from reader.narration.narrator import Narrator
from reader.podcast.chapters import ChapterStart, chapters_of
from reader.podcast.dates import TAIPEI
from reader.podcast.folder import Folder
from reader.podcast.options import Show
from reader.podcast.record import Record
from reader.podcast.transcript import as_html, later
from reader.script import Script
from reader.stitch import Chapter, Mp3Writer, Tags

_SCHEMA: Final = 2
"""Raised when the files of an episode are made in another way."""
_BUMPER_PAUSE_MS: Final = 500
_CHUNK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Frame:
    """What all episodes of a show have around their words. Sound is canonical frames."""

    show: Show
    cover: bytes = b""
    intro: bytes = b""
    outro: bytes = b""


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


def fingerprint(episode: Episode, narration_id: str, frame: Frame) -> str:
    """Of all that the files depend on."""
    fields = {
        "schema": _SCHEMA,
        "narration": narration_id,
        "published": episode.published,
        "link": episode.link,
        "marks": [asdict(mark) for mark in episode.marks],
        "show": (frame.show.title, frame.show.author, frame.show.language),
        "sound": [
            hashlib.sha256(part).hexdigest() for part in (frame.cover, frame.intro, frame.outro)
        ],
    }
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def known(folder: Folder, episode: Episode, print_: str, show: Show) -> Record | None:
    """The finished episode, if nothing that its files depend on has changed."""
    record = folder.record(episode.guid)
    if record is None or record.fingerprint != print_ or not folder.is_whole(record):
        return None
    return _described(record, episode, show)


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
    lead_in = _with_pause(frame.intro, after=True)
    lead_out = _with_pause(frame.outro, after=False)
    n_frames = round(narration.duration_s / FRAME_S)
    total_s = (n_frames + _count(lead_in) + _count(lead_out)) * FRAME_S
    shift_s = _count(lead_in) * FRAME_S
    chapters = chapters_of(narration, episode.marks, shift_s, total_s)
    moved = later(narration, shift_s)
    record = Record(
        guid=episode.guid,
        fingerprint=print_,
        name=_name(episode, print_),
        duration_s=round(total_s, 3),
        articles=tuple(chapters) if episode.is_digest else (),
    )
    record = _described(record, episode, frame.show)
    _write_transcripts(folder, record, moved, frame.show.language)
    folder.write(record.path(".chapters.json"), chapters_json(chapters))
    # Intro and outro were not changed with it: together they cannot be undone.
    gain_steps = 0 if frame.intro or frame.outro else narration.gain_steps
    tags = _tags(episode, frame, chapters, gain_steps)
    with folder.replacing(record.path(".mp3")) as out:
        writer = Mp3Writer(out, tags)
        writer.write(lead_in)
        async with aclosing(narrator.store.frames(narration)) as pieces:
            async for frames in pieces:
                writer.write(frames)
        writer.write(lead_out)
        writer.finish()
        size, digest = _measured(out)
    record = replace(record, audio_bytes=size, audio_sha256=digest)
    folder.keep(record)
    return record


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
    )


def _tags(episode: Episode, frame: Frame, chapters: Sequence[Chapter], gain_steps: int) -> Tags:
    return Tags(
        title=episode.script.title or frame.show.title,
        artist=frame.show.author or episode.script.byline,
        album=frame.show.title,
        date=episode.published[:19],
        source_url=episode.link,
        chapters=tuple(chapters),
        cover=frame.cover,
        gain_steps=gain_steps,
    )


def _name(episode: Episode, print_: str) -> str:
    day = datetime.fromisoformat(episode.published).astimezone(TAIPEI)
    return f"{day:%Y%m%d}-{episode.guid.replace('-', '')[:12]}-{print_[:12]}"


def _with_pause(bumper: bytes, *, after: bool) -> bytes:
    if not bumper:
        return b""
    pause = silence(frames_of_ms(_BUMPER_PAUSE_MS))
    return bumper + pause if after else pause + bumper


def _count(frames: bytes) -> int:
    return len(frames) // BYTES_PER_FRAME

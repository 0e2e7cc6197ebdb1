"""What `tingwen read` writes: the audio in the format asked for, and captions beside it."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast
from urllib.parse import urlsplit

from reader.atomic_file import replacing
from reader.captions import FORMS, write_captions
from reader.errors import BadOptions, StorageError
from reader.formats import FileFormat, format_of, pcm_of, require_format, tag_file, transcoder
from reader.narration.model import Narration
from reader.narration.narrator import Narrator
from reader.narration.tagging import tags_of
from reader.script import Script
from reader.stitch import Mp3Writer, Tags

_PICTURES: Final = (b"\xff\xd8\xff", b"\x89PNG")


@dataclass(frozen=True, slots=True)
class Output:
    """Files to write, validated before a word is spoken."""

    audio: Path
    kind: str
    """`mp3`, or another of `reader.formats.FORMATS`."""
    captions: Path | None
    karaoke: bool
    lyrics: bool
    cover: bytes

    @classmethod
    def of(cls, options: argparse.Namespace) -> Output:
        """Raises BadOptions if something asked for cannot be written."""
        audio = Path(options.output or _default_name(options.source, options.format or "mp3"))
        kind = format_of(audio, options.format or "")
        require_format(kind)
        captions = Path(options.captions) if options.captions else None
        if captions is not None and _form(captions) not in FORMS:
            raise BadOptions(f"{captions} ends in no form of captions; name it .vtt, .srt or .json")
        cover = _picture(Path(options.cover)) if options.cover else b""
        return cls(audio, kind, captions, options.karaoke, options.lyrics, cover)

    async def write(self, narrator: Narrator, narration: Narration, script: Script) -> None:
        """Raises StorageError if a file cannot be written."""
        with _replacing(self.audio) as out:
            if self.kind == "mp3" and not (self.lyrics or self.cover):
                async for chunk in narrator.store.read(narration, 0, narration.audio_bytes):
                    out.write(chunk)
            elif self.kind == "mp3":
                await _write_mp3(out, narrator, narration, self._tags(narration, script))
            else:
                tags = self._tags(narration, script)
                await _write_other(Path(out.name), self.kind, narrator, narration, tags)
        if self.captions is not None:
            form = _form(self.captions)
            text = await asyncio.to_thread(write_captions, narration, form, karaoke=self.karaoke)
            with _replacing(self.captions) as out:
                out.write(text)

    def _tags(self, narration: Narration, script: Script) -> Tags:
        return tags_of(
            script,
            narration.utterances,
            narration.duration_s,
            gain_steps=narration.gain_steps,
            cover=self.cover,
            lyrics=self.lyrics,
        )


async def _write_mp3(out: BinaryIO, narrator: Narrator, narration: Narration, tags: Tags) -> None:
    """The same frames under other tags."""
    writer = Mp3Writer(out, tags)
    async with aclosing(narrator.store.frames(narration)) as pieces:
        async for frames in pieces:
            writer.write(frames)
    writer.finish()


async def _write_other(
    path: Path, kind: str, narrator: Narrator, narration: Narration, tags: Tags
) -> None:
    """Decoded and encoded once."""
    made = transcoder(path, cast(FileFormat, kind))
    try:
        async with aclosing(narrator.store.frames(narration)) as frames:
            async for pcm in pcm_of(frames):
                await asyncio.to_thread(made.write, pcm)
    finally:
        await asyncio.to_thread(made.close)
    await asyncio.to_thread(tag_file, path, kind, tags)


def _form(captions: Path) -> str:
    return captions.suffix.lower().lstrip(".")


def _picture(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadOptions(f"{path} cannot be read ({error.strerror}); check its name") from error
    if not data.startswith(_PICTURES):
        raise BadOptions(f"{path} is neither a JPEG nor a PNG; give one of these as the cover")
    return data


def _default_name(source: str, kind: str) -> str:
    suffix = kind.partition("-")[0]
    if source == "-":
        return f"tingwen.{suffix}"
    stem = Path(urlsplit(source).path).stem if "://" in source else Path(source).stem
    return f"{stem or 'tingwen'}.{suffix}"


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when it is whole, and never before."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path, ".tingwen-") as out:
            yield out
    except OSError as error:
        raise StorageError(f"cannot write {path} ({error}); choose another place") from error

"""Files of a narration: the audio in the format asked for, and captions beside it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final, cast

from reader.atomic_file import replacing
from reader.errors import BadOptions, StorageError
from reader.formats import FileFormat, format_of, pcm_of, require_format, tag_file, transcoder
from reader.narration.model import Narration
from reader.narration.narrator import Narrator
from reader.narration.tagging import tags_of
from reader.script import Script
from reader.stitch import Mp3Writer, Tags

_caption_file = cache(partial(import_module, "reader.library.caption_file"))
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
    def plan(
        cls,
        audio: str | Path,
        kind: str = "",
        captions: str | Path | None = None,
        cover: str | Path | None = None,
        *,
        karaoke: bool = False,
        lyrics: bool = False,
    ) -> Output:
        """The files asked for; `kind` is the audio's format where its name does not say it.

        Raises BadOptions if something asked for cannot be written, also because its folder is
        missing: a mistyped one would hide the file.
        """
        audio = Path(audio)
        for path in (audio, *([Path(captions)] if captions is not None else [])):
            _require_folder(path)
        kind = format_of(audio, kind)
        require_format(kind)
        if captions is not None:
            _caption_file().require_form(Path(captions))
        picture = _picture(Path(cover)) if cover else b""
        return cls(audio, kind, Path(captions) if captions else None, karaoke, lyrics, picture)

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
            write = partial(_caption_file().caption_text, karaoke=self.karaoke)
            text = await asyncio.to_thread(write, narration, self.captions)
            with _replacing(self.captions) as out:
                out.write(text)

    def _tags(self, narration: Narration, script: Script) -> Tags:
        return tags_of(
            script,
            narration.utterances,
            narration.duration_s,
            voice=narration.voice,
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


def _require_folder(path: Path) -> None:
    folder = path.parent
    if folder.exists() and not folder.is_dir():
        raise StorageError("output-in-file", path=path, folder=folder)
    if not folder.exists():
        raise BadOptions("folder-missing", folder=folder)
    if path.is_dir():
        raise BadOptions("output-is-folder", path=path)


def _picture(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadOptions("file-unreadable", path=path, reason=error.strerror) from error
    if not data.startswith(_PICTURES):
        raise BadOptions("cover-not-image", path=path)
    return data


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of `path` when it is whole, and never before."""
    try:
        with replacing(path, ".tingwen-") as out:
            yield out
    except OSError as error:
        raise StorageError("output-unwritable", path=path, reason=error) from error

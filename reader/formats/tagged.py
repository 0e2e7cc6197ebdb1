"""The tags of other containers than MP3, as far as each has them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mutagen.flac import FLAC, Picture
from mutagen.id3 import PictureType
from mutagen.mp4 import MP4, MP4Cover
from mutagen.oggopus import OggOpus
from mutagen.wave import WAVE

from reader.stitch import DISCLOSURE, LANGUAGE, Tags, clean, mime_of

_MOVE_BYTES: Final = 1 << 20


def tag_file(path: Path, wanted: str, tags: Tags) -> None:
    """Write `tags` into a finished file; raw AAC has no place for any."""
    if wanted == "flac":
        flac = FLAC(path)
        flac.update(_comments(tags))
        if tags.cover:
            flac.add_picture(_picture(tags.cover))
        flac.save()
    elif wanted == "opus":
        opus = OggOpus(path)
        opus.update(_comments(tags))
        opus.save()
    elif wanted == "m4a":
        _tag_mp4(path, tags)
    elif wanted == "wav":
        wave = WAVE(path)
        wave.add_tags()
        if wave.tags is not None:
            for frame in tags.frames():
                wave.tags.add(frame)
        wave.save()
    elif wanted == "mp3-44100":
        _prepend(path, tags.to_id3())


def _comments(tags: Tags) -> dict[str, str]:
    """Vorbis comments, chapters as Xiph's players read them."""
    named = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "date": tags.date,
        "contact": tags.source_url,
        "language": LANGUAGE,
        "comment": DISCLOSURE,
        "narrator": tags.voice,
    }
    for number, chapter in enumerate(tags.chapters[:999], 1):
        ms = round(chapter.start_s * 1000)
        clock = f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"
        named[f"chapter{number:03}"] = clock
        named[f"chapter{number:03}name"] = chapter.title
    return {name: clean(text) for name, text in named.items() if text}


def _picture(cover: bytes) -> Picture:
    picture = Picture()
    picture.type, picture.mime, picture.data = PictureType.COVER_FRONT, mime_of(cover), cover
    return picture


def _tag_mp4(path: Path, tags: Tags) -> None:
    file = MP4(path)
    named = {
        "\xa9nam": tags.title,
        "\xa9ART": tags.artist,
        "\xa9alb": tags.album,
        "\xa9day": tags.date,
        "\xa9nrt": tags.voice,
        "\xa9cmt": f"{DISCLOSURE} {tags.source_url}".strip(),
    }
    for name, text in named.items():
        if text:
            file[name] = [clean(text)]
    if tags.cover:
        is_png = mime_of(tags.cover) == "image/png"
        kind = MP4Cover.FORMAT_PNG if is_png else MP4Cover.FORMAT_JPEG
        file["covr"] = [MP4Cover(tags.cover, imageformat=kind)]
    file.save()


def _prepend(path: Path, head: bytes) -> None:
    """Put `head` before what is in a file, a piece at a time from its end."""
    with path.open("r+b") as file:
        at = file.seek(0, 2)
        while at > 0:
            start = max(0, at - _MOVE_BYTES)
            file.seek(start)
            piece = file.read(at - start)
            file.seek(start + len(head))
            file.write(piece)
            at = start
        file.seek(0)
        file.write(head)

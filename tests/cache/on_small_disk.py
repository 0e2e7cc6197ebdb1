"""A disk of 8 MiB of its own, full or read-only: run by test_disk_faults in a process that may
mount one. Each function is a test."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from audio_cache import Cache, CacheUnavailable, Goal
from reader.errors import StorageError
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script, Utterance
from tests.cache.objects import put_plain, read_all
from tests.pipeline.voices import Counted, Tone, voices

SOUND = os.urandom(300_000)
READ = ReadOptions(voice="tone")


def script(n_sentences: int, title: str = "") -> Script:
    texts = [f"這是{title}第 {n} 句。" for n in range(n_sentences)]
    utterances = tuple(Utterance(n, n, text, text, 0) for n, text in enumerate(texts))
    return Script(title=title, byline="", published="", paragraphs=(), utterances=utterances)


def narrator(cache: Cache, voice: Counted) -> Narrator:
    return Narrator(cache, voices(tone=voice))


def fill(disk: Path, but_for_bytes: int) -> Path:
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    (disk / "filler").write_bytes(bytes(free - but_for_bytes))
    return disk / "filler"


def half_written(disk: Path) -> list[Path]:
    return list(disk.rglob("*#*"))


def remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", disk], check=True)


def is_an_error(found: BaseException | None, says: str) -> None:
    assert found is not None, "nobody noticed"
    assert re.search(says, str(found)), str(found)
    assert re.search("check its space and permissions, or set TINGWEN_CACHE", str(found))


async def error_of(doing: object) -> BaseException | None:
    try:
        await doing  # type: ignore[misc]
    except (CacheUnavailable, StorageError) as error:
        return error
    return None


async def full(disk: Path) -> None:
    cache, voice = Cache.open(str(disk / "store")), Counted(Tone())
    before = await narrator(cache, voice).narrate(script(3, "甲"), READ)
    await cache.put("clips/ab/k", SOUND)
    key = await put_plain(cache, SOUND, Path(tempfile.gettempdir()))
    filler = fill(disk, but_for_bytes=100_000)
    for payload in (SOUND, SOUND * 20):
        is_an_error(await error_of(cache.put("clips/ab/big", payload)), "No space left on device")
        putting = put_plain(cache, payload + b"!", Path(tempfile.gettempdir()), "n2")
        is_an_error(await error_of(putting), "No space left on device")
        assert half_written(disk) == [], "what did not fit has gone"
    narrating = narrator(cache, voice).narrate(script(40, "乙"), READ)
    is_an_error(await error_of(narrating), "No space left on device")
    assert await cache.get("clips/ab/k") == SOUND
    assert await cache.get("clips/ab/big") is None
    assert await read_all(cache, key, 10, 300_000) == SOUND[10:]
    assert await narrator(cache, voice).store.load(before.id) == before
    assert (await cache.verify()).damaged == {}
    assert (await cache.prune(Goal(unused_s=3600))).n_objects == 0, "and room can be made"
    filler.unlink()
    n_said = len(voice.said)
    whole = await narrator(cache, voice).narrate(script(40, "乙"), READ)
    assert whole.coverage == 1
    assert len(voice.said) - n_said < 40, "what was spoken before the disk was full was kept"
    assert await narrator(Cache.open(str(disk / "store")), voice).store.load(whole.id) == whole


async def prepared(disk: Path) -> None:
    cache = Cache.open(str(disk / "store"))
    await narrator(cache, Counted(Tone())).narrate(script(3, "甲"), READ)
    await cache.put("clips/ab/k", SOUND)


async def read_only(disk: Path) -> None:
    # In a process of its own: a disk that anybody writes to cannot be made read-only.
    subprocess.run([sys.executable, "-m", __spec__.name, "prepared", disk], check=True)  # noqa: ASYNC221
    remount(disk, "ro")
    cache, voice = Cache.open(str(disk / "store")), Counted(Tone())
    reader = narrator(cache, voice)
    assert await reader.store.load(reader.id_of(script(3, "甲"), READ)), "what is there is served"
    assert len(await cache.get("clips/ab/k") or b"") == len(SOUND)
    assert (await cache.verify()).damaged == {}
    says = "Read-only file system"
    is_an_error(await error_of(cache.put("clips/ab/other", SOUND)), says)
    putting = put_plain(cache, SOUND, Path(tempfile.gettempdir()))
    is_an_error(await error_of(putting), says)
    is_an_error(await error_of(reader.narrate(script(3, "乙"), READ)), says)
    is_an_error(await error_of(reader.store.check_storage()), says)
    is_an_error(await error_of(cache.prune(Goal(everything=True))), says)
    remount(disk, "rw")
    assert (await reader.narrate(script(3, "乙"), READ)).coverage == 1


if __name__ == "__main__":
    asyncio.run(
        {"full": full, "prepared": prepared, "read_only": read_only}[sys.argv[1]](Path(sys.argv[2]))
    )

"""Joined narrations before the judges: three decoders, mp3val, and ffmpeg's ears."""

from __future__ import annotations

from itertools import cycle, islice
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.mp3 import MP3
from numpy.typing import NDArray

from reader.loudness import Level
from reader.mpeg import FRAME_S, SAMPLES_PER_FRAME
from reader.stitch import HeardSpan, Joiner, Mp3Writer, Tags
from reader.voices.clip import Clip
from tests.pipeline.recordings import clips_of, every_voice
from tests.sound import count_samples, decoded, decoding, mp3val_complaints, sounds_by_ffmpeg

pytestmark = pytest.mark.usefixtures("embedded_voice")
THOROUGH = pytest.mark.thorough

PAUSES_MS = (300, 170, 520, 1000, 240)
Recorded = list[tuple[Clip, Level]]
_recorded: dict[str, Recorded] = {}


async def recorded() -> dict[str, Recorded]:
    """Made once a run: the same six sentences in three voices."""
    if not _recorded:
        async with every_voice() as voices:
            for name, voice in voices.items():
                _recorded[name] = await clips_of(voice)
    return _recorded


def write(path: Path, clips: Recorded) -> tuple[list[HeardSpan], int]:
    """Join the clips with pauses of several lengths; returns when each is heard, and frames."""
    joiner, heard = Joiner(), []
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags("題"))
        for (clip, level), pause_ms in zip(clips, cycle(PAUSES_MS), strict=False):
            writer.write(joiner.part(clip.frames, level))
            heard.append(joiner.span_of(level))
            writer.write(joiner.pause(pause_ms))
        writer.write(joiner.end())
        return heard, writer.finish()


def check(path: Path, clips: Recorded) -> None:
    heard, n_frames = write(path, clips)
    check_lengths(path, n_frames * SAMPLES_PER_FRAME)
    assert mp3val_complaints(path) == []
    check_stretches(path, clips, heard)
    check_cues(path, heard)


def check_lengths(path: Path, n_samples: int) -> None:
    """All decoders and all who read the header agree with the timeline within a frame."""
    ffmpeg = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "s16le", "-"]
    lengths = {
        "ffmpeg": count_samples(ffmpeg),
        "mpg123": count_samples(["mpg123", "--quiet", "--stdout", str(path)]),
        "libsndfile": len(soundfile.read(path, dtype="int16")[0]),
        "mutagen": round(MP3(path).info.length * 24_000),
    }
    assert all(abs(n - n_samples) <= SAMPLES_PER_FRAME for n in lengths.values()), lengths


def check_stretches(path: Path, clips: Recorded, heard: list[HeardSpan]) -> None:
    """Each clip decoded alone is its stretch of the whole, sample for sample."""
    alone: dict[int, NDArray[np.int16]] = {}
    for clip, _ in clips:
        if id(clip) not in alone:
            single = path.with_name("alone.mp3")
            with single.open("wb") as out:
                writer = Mp3Writer(out, Tags(""))
                writer.write(clip.frames)
                writer.finish()
            alone[id(clip)] = decoded(single)
    with decoding(path) as samples:
        at = 0
        for (clip, _), one in zip(clips, heard, strict=True):
            start = round(one.clip_s / FRAME_S) * SAMPLES_PER_FRAME
            samples.read(2 * (start - at))
            stretch = np.frombuffer(samples.read(2 * clip.n_frames * SAMPLES_PER_FRAME), "<i2")
            at = start + clip.n_frames * SAMPLES_PER_FRAME
            wanted = alone[id(clip)]
            assert len(stretch) == len(wanted)
            differing = np.flatnonzero(stretch != wanted)
            assert not len(differing[differing >= SAMPLES_PER_FRAME]), f"at {one.clip_s} s"


def check_cues(path: Path, heard: list[HeardSpan]) -> None:
    """Every cue begins within 24 ms of where ffmpeg hears a silence end; there is no drift."""
    sounds = sounds_by_ffmpeg(path)
    starts = np.array([one.start_s for one in heard])
    after = np.searchsorted(sounds, starts).clip(1, len(sounds) - 1)
    nearest = np.minimum(np.abs(sounds[after] - starts), np.abs(sounds[after - 1] - starts))
    print(f"{len(heard)} cues: at most {nearest.max() * 1000:.1f} ms off")
    assert nearest.max() <= 0.024
    assert abs(nearest[-50:].mean() - nearest[:50].mean()) < 0.002


@pytest.mark.parametrize("voice", ["baker", pytest.param("edge", marks=THOROUGH), "openai"])
@pytest.mark.parametrize("n_clips", [1, pytest.param(2, marks=THOROUGH)])
async def test_one_and_two(tmp_path: Path, voice: str, n_clips: int) -> None:
    check(tmp_path / "out.mp3", (await recorded())[voice][:n_clips])


@pytest.mark.thorough
async def test_a_hundred_in_mixed_voices(tmp_path: Path) -> None:
    voices = (await recorded()).values()
    mixed = [clip for sentence in zip(*voices, strict=True) for clip in sentence]
    check(tmp_path / "out.mp3", list(islice(cycle(mixed), 100)))


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_five_thousand(tmp_path: Path) -> None:
    """Two and a half hours, in mixed voices."""
    voices = (await recorded()).values()
    mixed = [clip for sentence in zip(*voices, strict=True) for clip in sentence]
    check(tmp_path / "out.mp3", list(islice(cycle(mixed), 5000)))

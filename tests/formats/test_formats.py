"""Other formats: the same sound, as long to the sample, with tags."""

from __future__ import annotations

import io
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import mutagen
import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray
from PIL import Image

from reader.errors import BadOptions
from reader.formats import FORMATS, format_of, pcm_of, require_format, tag_file, transcoder
from reader.mpeg import (
    BYTES_PER_FRAME,
    CODEC_DELAY_SAMPLES,
    SAMPLES_PER_FRAME,
    canonical_frames,
    encode_pcm,
)
from reader.stitch import Chapter, Mp3Writer, Tags
from tests.sound import codec_of, decoded, mp3val_complaints, tone


def _chirp() -> bytes:
    t = np.arange(5 * 24_000) / 24_000
    return (
        (np.sin(2 * np.pi * (200 + 60 * t) * t) * 9000 * np.abs(np.sin(2 * t)))
        .astype("<i2")
        .tobytes()
    )


FRAMES = canonical_frames(encode_pcm(_chirp()))
N_SAMPLES = len(FRAMES) // BYTES_PER_FRAME * SAMPLES_PER_FRAME
COVER = io.BytesIO()
Image.new("RGB", (8, 8)).save(COVER, "JPEG")
TAGS = Tags(
    "「標題」",
    "記者",
    "晨河日報",
    "2026-03-12",
    "https://a.example/1",
    COVER.getvalue(),
    (Chapter(0, 2, "一"), Chapter(2, 5, "二")),
)


async def frames(n_bytes: int = 1000 * BYTES_PER_FRAME) -> AsyncIterator[bytes]:
    for start in range(0, len(FRAMES), n_bytes):
        yield FRAMES[start : start + n_bytes]


def by_ffmpeg(folder: Path) -> NDArray[np.int16]:
    path = folder / "whole.mp3"
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags(""))
        writer.write(FRAMES)
        writer.finish()
    return decoded(path)


async def test_frames_that_look_far_back_are_decoded_without_complaints(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The decoder writes to stderr itself where a frame's data is missing."""
    noise = np.random.default_rng(3)
    clicks = np.zeros(30 * 24_000)
    for at in range(0, len(clicks), 1777):
        clicks[at : at + 500] = noise.normal(0, 0.4, len(clicks[at : at + 500]))
    sound = (np.clip(clicks, -1, 1) * 32767).astype("<i2").tobytes()
    stream = canonical_frames(encode_pcm(sound))

    async def whole() -> AsyncIterator[bytes]:
        yield stream

    pcm = b"".join([piece async for piece in pcm_of(whole())])
    assert len(pcm) // 2 == len(stream) // BYTES_PER_FRAME * SAMPLES_PER_FRAME
    assert capfd.readouterr().err == ""
    begins_late = soundfile.read(io.BytesIO(stream), dtype="int16")[0][CODEC_DELAY_SAMPLES:]
    assert np.array_equal(np.frombuffer(pcm, "<i2")[: len(begins_late)], begins_late)


@pytest.mark.thorough
@pytest.mark.parametrize("n_bytes", [100, BYTES_PER_FRAME, 70 * BYTES_PER_FRAME, 1 << 20])
async def test_samples_are_those_that_players_present(tmp_path: Path, n_bytes: int) -> None:
    pcm = b"".join([piece async for piece in pcm_of(frames(n_bytes))])
    samples = np.frombuffer(pcm, "<i2").astype(int)
    wanted = by_ffmpeg(tmp_path).astype(int)
    assert len(samples) == N_SAMPLES
    assert np.abs(samples - wanted).max() <= 2, "two decoders round differently"


@pytest.mark.parametrize(
    "wanted",
    [
        pytest.param(name, marks=() if name in ("wav", "m4a") else pytest.mark.thorough)
        for name in FORMATS
        if name != "mp3"
    ],
)
async def test_every_format_is_the_same_sound(tmp_path: Path, wanted: str) -> None:
    path = tmp_path / f"out.{wanted}"
    made = transcoder(path, wanted)  # type: ignore[arg-type]
    async for pcm in pcm_of(frames()):
        made.write(pcm)
    made.close()
    tag_file(path, wanted, TAGS)
    codecs = {"wav": "pcm_s16le", "m4a": "aac", "mp3-44100": "mp3"}
    assert codec_of(path).splitlines()[0] == codecs.get(wanted, wanted)
    heard, whole = decoded(path).astype(float), by_ffmpeg(tmp_path).astype(float)
    if wanted == "aac":
        heard = heard[1024:]  # raw AAC cannot say how much of its beginning is the encoder's
    # Compressed ones may end a block later; where they begin is exact.
    assert abs(len(heard) - N_SAMPLES) <= (0 if wanted in ("wav", "flac", "mp3-44100") else 2048)
    length = min(len(heard), N_SAMPLES)
    errors = heard[:length] - whole[:length]
    assert np.sqrt(np.mean(errors**2)) < 0.1 * np.sqrt(np.mean(whole**2))


async def test_tags_in_every_container(tmp_path: Path) -> None:
    for wanted in ("flac", "opus", "m4a", "wav", "mp3-44100"):
        path = tmp_path / f"out.{wanted.partition('-')[0]}"
        made = transcoder(path, wanted)  # type: ignore[arg-type]
        made.write(tone(1.0))
        made.close()
        tag_file(path, wanted, TAGS)
        tags = mutagen.File(path).tags  # type: ignore[attr-defined]
        text = str({key: str(value)[:200] for key, value in tags.items()})
        for part in (
            "「標題」",
            "記者",
            "晨河日報",
            "2026-03-12",
            "語音合成",
            "https://a.example/1",
        ):
            assert part in text, (wanted, part, text)
        assert len(decoded(path)) >= 24_000


async def test_the_mp3_that_hosts_insist_on(tmp_path: Path) -> None:
    path = tmp_path / "out.mp3"
    made = transcoder(path, "mp3-44100")
    async for pcm in pcm_of(frames()):
        made.write(pcm)
    made.close()
    tag_file(path, "mp3-44100", TAGS)
    info = mutagen.File(path).info  # type: ignore[attr-defined]
    assert (info.sample_rate, info.bitrate, info.channels) == (44_100, 128_000, 1)
    assert info.length == pytest.approx(N_SAMPLES / 24_000, abs=0.03)
    assert abs(soundfile.info(path).duration - N_SAMPLES / 24_000) < 0.001
    assert mp3val_complaints(path) == []


def test_the_name_says_the_format() -> None:
    names = {"a.mp3": "mp3", "a.WAV": "wav", "a.ogg": "opus", "a.m4a": "m4a", "a.aac": "aac"}
    assert {name: format_of(Path(name)) for name in names} == names
    assert format_of(Path("a.mp3"), "mp3-44100") == "mp3-44100"
    with pytest.raises(BadOptions, match="ends in no format"):
        format_of(Path("a.xyz"))


def test_without_pyav_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    for wanted in ("aac", "m4a"):
        with pytest.raises(BadOptions, match=r"pip install 'tingwen\[formats\]'"):
            require_format(wanted)
    require_format("opus")

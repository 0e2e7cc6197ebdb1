"""Intro, sponsor and outro: as loud as the article, without a click, joined frame by frame."""

from __future__ import annotations

import asyncio
import re
import subprocess
from pathlib import Path

import httpx
import numpy as np
import pytest

from api.app import create_app
from api.settings import Settings
from audio_cache import Cache
from reader.errors import BadOptions
from reader.mpeg import BYTES_PER_FRAME, FRAME_MS, FRAME_S, read_frames
from reader.narration import spots as spots_module
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.spots import SpotMaker
from reader.podcast import Folder
from reader.script import Script
from tests.pipeline.voices import Tone, voices
from tests.podcast.newsroom import make, write_article
from tests.sound import decoded, mp3val_complaints

_PAUSE_FRAMES = 21
_NOISES = {
    "soft": "anoisesrc=d=3:c=pink:r=44100:a=0.02:seed=1",
    "loud": "sine=f=440:d=2:r=48000,volume=18dB",
    "sharp": "aevalsrc='0.9*sin(2*PI*300*t)*exp(-40*mod(t\\,0.5))':d=4:s=24000",
}


def noise(path: Path, kind: str) -> Path:
    command = [
        "ffmpeg",
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-f",
        "lavfi",
        "-i",
        _NOISES[kind],
        str(path),
    ]
    subprocess.run(command, check=True)
    return path


def lufs(path: Path, start_s: float, end_s: float) -> float:
    """Integrated loudness of a part of a file, as ffmpeg measures it."""
    part = f"atrim={start_s}:{end_s},ebur128"
    command = ["ffmpeg", "-nostdin", "-nostats", "-i", str(path), "-af", part, "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", told)[-1])


def frames_of(path: Path) -> bytes:
    data = path.read_bytes()
    found = [data[f.offset : f.offset + BYTES_PER_FRAME] for f in read_frames(data)]
    return b"".join(found)


async def plain_and_framed(place: Path, **paths: Path) -> tuple[Folder, Folder]:
    """The same article without and with spots."""
    source = write_article(place, 1)
    cache = str(place / "cache")
    await make(place / "plain", source, voice=Tone(), cache=cache)
    await make(place / "framed", source, voice=Tone(), cache=cache, **paths)
    return Folder(place / "plain"), Folder(place / "framed")


@pytest.mark.thorough
@pytest.mark.parametrize("kind", _NOISES)
async def test_a_spot_is_as_loud_as_the_article(tmp_path: Path, kind: str) -> None:
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", kind)
    _, framed = await plain_and_framed(tmp_path, intro=spot, outro=spot)
    (record,) = framed.records()
    audio = framed.root / record.path(".mp3")
    assert mp3val_complaints(audio) == []
    first = int(framed_start(framed, record.path(".vtt")) * 1000) / 1000
    spot_s = first - _PAUSE_FRAMES * FRAME_S
    end = record.duration_s
    article = lufs(audio, first, end - first)
    assert lufs(audio, 0, spot_s) == pytest.approx(article, abs=0.5)
    assert lufs(audio, end - spot_s, end) == pytest.approx(article, abs=0.5)


def framed_start(folder: Folder, cues: str) -> float:
    text = (folder.root / cues).read_text(encoding="utf-8")
    minutes, seconds = re.findall(r"(\d\d):(\d\d\.\d{3}) -->", text)[0]
    return int(minutes) * 60 + float(seconds)


@pytest.mark.thorough
async def test_no_click_is_heard_where_they_are_joined(tmp_path: Path) -> None:
    """From one sample to the next it goes no further around a join than in the sound itself; a
    spot that ends in full sound ends in a fade."""
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", "loud")
    _, framed = await plain_and_framed(tmp_path, intro=spot, sponsor=spot, outro=spot)
    (record,) = framed.records()
    samples = decoded(framed.root / record.path(".mp3")).astype(np.float64)
    samples /= np.abs(samples).max()
    steps = np.abs(np.diff(samples))
    usual = np.quantile(steps, 0.999)
    rate = round(len(samples) / record.duration_s)
    start = framed_start(framed, record.path(".vtt"))
    spot_s = start / 2 - _PAUSE_FRAMES * FRAME_S
    for join_s in (spot_s, start / 2, start - _PAUSE_FRAMES * FRAME_S, record.duration_s - spot_s):
        around = steps[max(0, int((join_s - 0.05) * rate)) : int((join_s + 0.05) * rate)]
        assert around.max() <= 1.05 * usual
    pause = samples[int((spot_s + 0.1) * rate) : int((spot_s + 0.4) * rate)]
    assert np.abs(pause).max() < 0.003


@pytest.mark.thorough
async def test_the_articles_frames_are_what_they_were_and_times_follow_exactly(
    tmp_path: Path,
) -> None:
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", "soft")
    plain, framed = await plain_and_framed(tmp_path, intro=spot, sponsor=spot)
    (one,), (other,) = plain.records(), framed.records()
    frames = [frames_of(f.root / r.path(".mp3")) for f, r in ((plain, one), (framed, other))]
    presented = frames[0][BYTES_PER_FRAME : -2 * BYTES_PER_FRAME]  # Info frame, trailing frames
    assert presented in frames[1]
    n_before = (len(frames[1]) - len(frames[0])) // BYTES_PER_FRAME
    shift_s = framed_start(framed, other.path(".vtt")) - framed_start(plain, one.path(".vtt"))
    assert round(shift_s * 1000) == n_before * FRAME_MS
    assert other.duration_s - one.duration_s == pytest.approx(n_before * FRAME_S)


def script() -> Script:
    from reader.article import Article, Paragraph
    from reader.script import write_script

    return write_script(Article("標題", (Paragraph("列車今天準點進站。旅客都拍手叫好。"),)))


async def test_a_narration_with_spots_is_the_same_one_later(tmp_path: Path) -> None:
    """For `tingwen read`, the library and the service: also while it is heard."""
    cache = Cache.open(str(tmp_path / "cache"))
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", "loud")
    narrator = Narrator(cache, voices(tone=Tone()))
    spots = await narrator.spots.open_all(intro=spot, outro=spot)
    options = ReadOptions("tone", spots=spots)
    plain = await narrator.narrate(script(), ReadOptions("tone"))
    framed = await narrator.narrate(script(), options)
    assert plain.id != framed.id == narrator.id_of(script(), options)
    shifts = {
        round(b.start_s - a.start_s, 3)
        for a, b in zip(plain.utterances, framed.utterances, strict=True)
    }
    around = await narrator.spots.around(spots, framed.loudness_lufs or 0)
    (shift,) = shifts
    assert shift == pytest.approx(len(around.before) // BYTES_PER_FRAME * FRAME_S)
    frames = b"".join([part async for part in narrator.store.frames(framed)])
    middle = b"".join([part async for part in narrator.store.frames(plain)])
    assert frames == around.before + middle + around.after


async def test_a_spot_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = str(tmp_path / "cache")
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", "loud")
    maker = SpotMaker(Cache.open(cache))
    made = await maker.frames(await maker.open(spot), -16.04)
    monkeypatch.setattr(spots_module, "_made", None)
    again = SpotMaker(Cache.open(cache))
    assert await again.frames(await again.open(spot), -15.96) == made, "a quarter of an LU"


@pytest.mark.parametrize("data", [b"", b"not a sound", None])
async def test_what_is_no_spot_is_told(tmp_path: Path, data: bytes | None) -> None:
    path = tmp_path / "spot.wav"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BadOptions, match=r"spot\.wav"):
        await SpotMaker(Cache.open(str(tmp_path / "cache"))).open(path)


async def test_the_service_frames_what_it_reads(tmp_path: Path) -> None:
    spot = await asyncio.to_thread(noise, tmp_path / "spot.wav", "loud")
    settings = Settings(voice="tone", cache=str(tmp_path / "cache"), intro=str(spot))
    app = create_app(settings, voices(tone=Tone()))
    transport = httpx.ASGITransport(app)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        answer = await client.post("/v1/articles", json={"text": "列車今天準點進站。"})
        address = f"/v1/articles/{answer.json()['id']}"
        await client.get(f"{address}/events")
        ready = (await client.get(address)).json()
        assert ready["utterances"][0]["start"] > 2.5
        audio = await client.get(f"{address}/audio.mp3")
        (tmp_path / "a.mp3").write_bytes(audio.content)
        assert mp3val_complaints(tmp_path / "a.mp3") == []

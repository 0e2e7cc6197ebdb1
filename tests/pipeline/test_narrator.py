"""From a script to a narration: nothing spoken twice, nothing lost, nothing half ready."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from audio_cache import Cache
from reader.errors import BadAudio, NoArticle, StorageError, UnknownVoice, VoiceUnavailable
from reader.mpeg import BYTES_PER_FRAME, read_frames
from reader.narration.assembly import Listener, Progress
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import HEADLINE, Line, Script, Utterance
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Counted, FailsAt, Silent, baker, voices
from tests.sound import decoded, mp3val_complaints

pytestmark = pytest.mark.usefixtures("embedded_voice")

SENTENCES = ("今天放晴。", "氣溫回升到二十五度，", "山區仍有短暫雨。", "請記得帶傘。")
BAKER = ReadOptions(voice="baker")


def script(*sentences: str, title: str = "天氣") -> Script:
    texts = (title, *(sentences or SENTENCES))
    utterances = tuple(
        Utterance(i, HEADLINE if i == 0 else 0, text, text if text != "※" else "", 300)
        for i, text in enumerate(texts)
    )
    return Script(title, "", "", ("".join(texts[1:]),), utterances)


@pytest.fixture
async def voice() -> AsyncIterator[Counted]:
    counted = baker()
    yield counted
    await counted.close()


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.open(str(tmp_path / "store"))


class Remembers(Listener):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.voices: list[str] = []
        self.progress: list[Progress] = []
        self.frames: list[bytes] = []

    def begins(self, voice: str) -> None:
        self.voices.append(voice)
        self.frames.clear()

    def heard(self, frames: bytes) -> None:
        self.frames.append(frames)

    def spoken(self, progress: Progress) -> None:
        self.progress.append(progress)


async def audio_of(narrator: Narrator, narration: object, folder: Path) -> Path:
    path = folder / "out.mp3"
    chunks = narrator.store.read(narration, 0, narration.audio_bytes)  # type: ignore[attr-defined, arg-type]
    path.write_bytes(b"".join([chunk async for chunk in chunks]))
    return path


async def test_a_narration_is_whole(voice: Counted, cache: Cache, tmp_path: Path) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    narration = await narrator.narrate(script(), BAKER)
    path = await audio_of(narrator, narration, tmp_path)
    assert narration.coverage == 1.0
    assert sorted(voice.said) == sorted(["天氣", *SENTENCES])
    assert mp3val_complaints(path) == []
    assert abs(len(decoded(path)) / 24_000 - narration.duration_s) <= 0.024
    for before, after in zip(narration.utterances, narration.utterances[1:], strict=False):
        assert before.end_s + 0.275 < after.start_s < before.end_s + 0.325
        assert before.start_s <= before.timings[0].start_s < before.timings[-1].end_s
        assert before.timings[-1].end_s < before.end_s + 0.15


async def test_the_clips_frames_are_in_the_file(
    voice: Counted, cache: Cache, tmp_path: Path
) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    narration = await narrator.narrate(script(), BAKER)
    path = await audio_of(narrator, narration, tmp_path)
    frames = b"".join(frame.data for frame in read_frames(path.read_bytes()))
    at = 0
    for utterance in narration.utterances:
        clip = await voice.speak(Line(utterance.spoken), Prosody())
        at = frames.index(clip.frames, at)
        assert at % BYTES_PER_FRAME == 0


async def test_a_second_reading_speaks_nothing(voice: Counted, cache: Cache) -> None:
    first = await Narrator(cache, voices(baker=voice)).narrate(script(), BAKER)
    voice.said.clear()
    second = await Narrator(cache, voices(baker=voice)).narrate(script(), BAKER)
    assert voice.said == []
    assert second == first


async def test_one_changed_sentence_is_spoken_again_alone(voice: Counted, cache: Cache) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    await narrator.narrate(script(), BAKER)
    voice.said.clear()
    changed = (*SENTENCES[:2], "山區有雷陣雨。", SENTENCES[3])
    narration = await narrator.narrate(script(*changed), BAKER)
    assert voice.said == ["山區有雷陣雨。"]
    assert narration.n_spoken == 1


async def test_the_same_sentence_twice_is_spoken_once(voice: Counted, cache: Cache) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    await narrator.narrate(script("真的嗎？", "真的。", "真的嗎？"), BAKER)
    assert sorted(voice.said) == sorted({"天氣", "真的嗎？", "真的。"})


async def test_two_readers_at_once_share_the_speaking(voice: Counted, cache: Cache) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    one, two = await asyncio.gather(*(narrator.narrate(script(), BAKER) for _ in range(2)))
    assert one.audio_sha256 == two.audio_sha256
    assert len(voice.said) == len(SENTENCES) + 1


@pytest.mark.parametrize("prosody", [Prosody(rate_percent=10), Prosody(volume_percent=-10)])
async def test_other_settings_are_other_audio(
    voice: Counted, cache: Cache, prosody: Prosody
) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    usual = await narrator.narrate(script(), BAKER)
    other = await narrator.narrate(script(), replace(BAKER, prosody=prosody))
    assert other.id != usual.id
    assert other.audio_sha256 != usual.audio_sha256


async def test_what_says_nothing_needs_no_clip(voice: Counted, cache: Cache) -> None:
    narration = await Narrator(cache, voices(baker=voice)).narrate(script("晴。", "※"), BAKER)
    assert narration.coverage == 1.0
    assert narration.utterances[-1].start_s == narration.utterances[-1].end_s


async def test_characters_without_a_reading_are_named(voice: Counted, cache: Cache) -> None:
    narrator = Narrator(cache, voices(baker=voice))
    made = await narrator.narrate(script("碑上刻著𠀂字。", "今天放晴。"), BAKER)
    assert made.passed_over == ("𠀂",)
    known = await narrator.narrate(script("碑上刻著𠀂字。", "今天放晴。"), BAKER)
    assert known.passed_over == ("𠀂",)
    assert (await narrator.narrate(script(), BAKER)).passed_over == ()


def test_a_manifest_of_an_earlier_release_names_none() -> None:
    stored = json.loads(Narration("0", "", "", "", "v", "v", (), (), (), 0.0, 0, "").to_json())
    del stored["passed_over"]
    assert Narration.from_json(json.dumps(stored).encode()).passed_over == ()


async def test_nothing_to_say_is_no_article(voice: Counted, cache: Cache) -> None:
    nothing = Script("", "", "", ("※",), (Utterance(0, 0, "※", "", 300),))
    with pytest.raises(NoArticle):
        await Narrator(cache, voices(baker=voice)).narrate(nothing, BAKER)


@pytest.mark.thorough
@pytest.mark.parametrize("at", range(5))
async def test_the_whole_article_goes_to_the_next_voice(
    voice: Counted, cache: Cache, at: int
) -> None:
    dying = FailsAt(voice, "edge")
    dying.at = at
    narrator = Narrator(cache, voices(edge=dying, baker=voice))
    listener = Remembers()
    narration = await narrator.narrate(script(), ReadOptions(voice="edge"), listener)
    assert (narration.voice, narration.wanted_voice) == ("baker", "edge")
    assert "edge: sentence" in str(narration.why[0])
    assert listener.voices == ["edge", "baker"]
    assert [p.utterance.index for p in listener.progress[-5:]] == [0, 1, 2, 3, 4]
    wanted = narrator.id_of(script(), ReadOptions(voice="edge"))
    assert await narrator.store.load(wanted) is None, "never kept under the wanted voice's id"


async def test_without_fallback_it_fails_and_names_the_sentence(
    voice: Counted, cache: Cache
) -> None:
    dying = FailsAt(voice, "edge")
    dying.at = 2
    narrator = Narrator(cache, voices(edge=dying, baker=voice))
    with pytest.raises(VoiceUnavailable, match=r"sentence [1-5] 「.*does not answer"):
        await narrator.narrate(script(), ReadOptions(voice="edge", fallback=False))


async def test_silence_is_not_speech(voice: Counted, cache: Cache) -> None:
    narrator = Narrator(cache, voices(edge=Silent(voice, "edge")))
    with pytest.raises(BadAudio, match="only silence"):
        await narrator.narrate(script(), ReadOptions(voice="edge", fallback=False))
    assert not {"clips", "narrations"} & set(await cache.usage())


async def test_an_unknown_voice_is_the_callers_mistake(voice: Counted, cache: Cache) -> None:
    with pytest.raises(UnknownVoice, match=r"choose one of: auto, .*baker"):
        await Narrator(cache, voices(baker=voice)).narrate(script(), ReadOptions(voice="nosuch"))


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: d[:5000] + b"!" + d[5001:]])
async def test_damaged_audio_is_never_served(
    voice: Counted, cache: Cache, tmp_path: Path, damage: object
) -> None:
    assert callable(damage)
    narrator = Narrator(cache, voices(baker=voice))
    narration = await narrator.narrate(script(), BAKER)
    path = narrator.store.path(narration)
    assert path is not None
    path.write_bytes(damage(path.read_bytes()))
    voice.said.clear()
    later = Narrator(cache, voices(baker=voice))
    assert await later.store.load(narration.id) is None
    again = await later.narrate(script(), BAKER)
    assert again.audio_sha256 == narration.audio_sha256
    assert voice.said == [], "made again from the clips"
    assert mp3val_complaints(await audio_of(later, again, tmp_path)) == []


async def test_a_full_cache_is_a_clear_error(voice: Counted, tmp_path: Path) -> None:
    (tmp_path / "store").mkdir()
    (tmp_path / "store" / "v2").write_text("in the way")
    narrator = Narrator(Cache.open(str(tmp_path / "store")), voices(baker=voice))
    with pytest.raises(StorageError, match="TINGWEN_CACHE"):
        await narrator.narrate(script(), BAKER)


async def test_cancelling_stops_the_work(voice: Counted, cache: Cache) -> None:
    class Endless(Counted):
        async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
            await asyncio.Event().wait()
            raise AssertionError

    narrator = Narrator(cache, voices(slow=Endless(voice, "slow")))
    before = len(asyncio.all_tasks())
    task = asyncio.create_task(narrator.narrate(script(), ReadOptions(voice="slow")))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await asyncio.sleep(0)
    assert len(asyncio.all_tasks()) == before

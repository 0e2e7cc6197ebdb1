"""Kokoro: same bytes always, in parts and whole, with a time for every character."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from reader.errors import BadOptions, UnknownVoice
from reader.mpeg import SAMPLE_RATE_HZ, decode, silence
from reader.script import Line
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from reader.voices.kokoro import KokoroVoice, rows
from reader.voices.kokoro.first_breath import LONGEST_FIRST
from reader.voices.kokoro.heard import SOUND_LEADS_S, heard_span, onset_s, without_ghosts
from reader.voices.kokoro.model import FRAME_SAMPLES, MOST_PHONEMES_AT_ONCE, Speech
from reader.voices.kokoro.settings import KokoroSettings
from reader.voices.kokoro.vocabulary import EDGE_ID, PHONEME_IDS

pytestmark = pytest.mark.usefixtures("kokoro_voice")

LINES = ["今天放晴。", "氣溫回升，請帶A4紙。"]


@pytest.fixture
async def voice() -> AsyncIterator[KokoroVoice]:
    opened = KokoroVoice()
    yield opened
    await opened.close()


@pytest.mark.thorough
async def test_same_text_same_bytes_on_any_thread_in_any_order(voice: KokoroVoice) -> None:
    one = [await voice.speak(Line(line), Prosody()) for line in LINES]
    assert await asyncio.gather(*(voice.speak(Line(line), Prosody()) for line in LINES)) == one
    single = KokoroVoice(n_threads=1)
    said = (single.speak(Line(line), Prosody()) for line in reversed(LINES))
    assert await asyncio.gather(*said) == one[::-1]
    await single.close()


async def test_the_parts_are_the_whole_with_a_time_for_every_character(voice: KokoroVoice) -> None:
    line = Line(LINES[1])
    parts = [part async for part in voice.stream(line, Prosody())]
    assert len(parts) == 2, "a part a clause"
    clip = Clip.join(parts)
    voiced = [i for i, character in enumerate(line.spoken) if character not in "，。"]
    assert [(timing.start, timing.end) for timing in clip.timings] == [(i, i + 1) for i in voiced]
    edges = [edge for timing in clip.timings for edge in (timing.start_s, timing.end_s)]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < edges[-1] <= clip.duration_s


@pytest.mark.thorough
async def test_the_lengths_of_the_phonemes_are_the_sound(voice: KokoroVoice) -> None:
    """To the sample, at any pace; and a phoneme's pace changes no other's length but its own."""
    line = Line("請帶A4紙。")
    [(row, _)] = voice.breaths_of(line)
    for speed in (0.7, 1.0, 1.6):
        speech = voice.speech_of(row, speed)
        assert len(speech.n_frames) == len(row.ids)
        assert speech.n_frames.sum() * FRAME_SAMPLES == len(speech.samples)
    usual = voice.speech_of(row, 1.0)
    sound, first, last = next(span for span in row.spans if line.spoken[span[0].start] == "A")
    row.paces[first:last] *= 0.5
    slow = voice.speech_of(row, 1.0)
    assert slow.n_frames[first:last].sum() > 1.5 * usual.n_frames[first:last].sum()
    changed = np.flatnonzero(slow.n_frames != usual.n_frames)
    assert set(changed) <= set(range(first, last)), sound


@pytest.mark.thorough
async def test_slower_is_longer(voice: KokoroVoice) -> None:
    usual, slow = [
        await voice.speak(Line(LINES[0]), Prosody(rate_percent=rate)) for rate in (0, -40)
    ]
    spoken_s = [clip.timings[-1].start_s - clip.timings[0].start_s for clip in (usual, slow)]
    assert 1.3 < spoken_s[1] / spoken_s[0] < 1.9
    assert slow.duration_s - usual.duration_s < 0.8 * usual.duration_s, "no longer silence"


@pytest.mark.slow
async def test_a_sentence_starts_and_ends_without_a_click(voice: KokoroVoice) -> None:
    for text in ("這是我的書，他看過了。", "股價下跌？他笑了笑！", "看NBA，用Google。"):
        clip = await voice.speak(Line(text), Prosody())
        samples = decode(silence(2) + clip.frames + silence(4))
        steps = np.abs(np.diff(samples))
        loud = np.flatnonzero(np.abs(samples) > 0.003)
        after_silence = loud[1:][np.diff(loud) > SAMPLE_RATE_HZ // 500]
        before_silence = loud[:-1][np.diff(loud) > SAMPLE_RATE_HZ // 500]
        for edge in (loud[0], *after_silence, *before_silence, loud[-1]):
            assert steps[edge - 1 : edge + 1].max() < 0.05, "nothing jumps out of silence"
        last = clip.timings[-1].end_s
        assert clip.duration_s - last < 0.4


@pytest.mark.slow
async def test_sound_begins_when_the_times_say(voice: KokoroVoice) -> None:
    """After a pause the first character begins where energy rises."""
    text = "今天放晴，大家出門。北部有雨，東部多雲，南部很熱。"
    clip = await voice.speak(Line(text), Prosody())
    samples = decode(clip.frames)
    hop = SAMPLE_RATE_HZ // 200
    energy = np.array([np.abs(samples[i : i + hop]).max() for i in range(0, len(samples), hop)])
    for timing in clip.timings:
        if timing.start and text[timing.start - 1] in "，。":
            around = energy[max(0, int(timing.start_s * 200) - 30) :][:60]
            onset = (np.flatnonzero(around > 0.02)[0] - 30) * 5
            assert abs(onset) < 80, f"{onset} ms at {text[timing.start]}"


def test_what_dies_away_after_the_last_phoneme_is_kept() -> None:
    samples = np.zeros(20 * FRAME_SAMPLES, np.float32)
    samples[3 * FRAME_SAMPLES : 17 * FRAME_SAMPLES] = 0.5
    speech = Speech(samples, np.array([4, 10, 2, 4]))
    first, last = heard_span(speech)
    edge = SAMPLE_RATE_HZ // 40
    assert first == 3 * FRAME_SAMPLES - edge, "a sound that begins early is whole"
    assert last == 17 * FRAME_SAMPLES + edge, "and so is one that ends late"


def noise(*levels: tuple[int, float]) -> NDArray[np.float32]:
    """Frames of noise, each so many and so loud."""
    rng = np.random.default_rng(1)
    return np.concatenate(
        [rng.uniform(-peak, peak, n * FRAME_SAMPLES).astype(np.float32) for n, peak in levels]
    )


def test_a_breath_before_a_row_or_after_it_is_not_heard_as_a_syllable() -> None:
    said = noise((6, 0.0), (4, 0.1), (4, 0.0), (20, 0.5), (4, 0.0), (6, 0.03), (4, 0.0))
    speech = Speech(said, np.array([15, 18, 13, 1, 1]))
    kept = without_ghosts(speech, ends_voiced=True).samples
    assert len(kept) == len(said), "what is silent stays a pause"
    first, last = 14 * FRAME_SAMPLES, 34 * FRAME_SAMPLES
    assert not kept[: 10 * FRAME_SAMPLES].any()
    assert not kept[38 * FRAME_SAMPLES :].any()
    assert np.array_equal(kept[first:last], said[first:last])
    kept = without_ghosts(speech, ends_voiced=False).samples
    assert not kept[: 10 * FRAME_SAMPLES].any()
    assert np.array_equal(kept[first:], said[first:]), "it may be a t that bursts"


def test_a_first_sound_that_rises_slowly_and_a_last_that_dies_away_are_whole() -> None:
    said = noise((4, 0.0), (4, 0.02), (4, 0.05), (12, 0.5), (6, 0.1), (6, 0.02), (8, 0.0))
    kept = without_ghosts(Speech(said, np.array([12, 14, 16, 1, 1])), True).samples
    assert np.array_equal(kept, said)


@pytest.mark.parametrize("n", [0, 1, 7])
def test_a_row_without_sound_has_no_ghost(n: int) -> None:
    silent = Speech(np.zeros(n * FRAME_SAMPLES, np.float32), np.array([n // 2, 0, 0, n - n // 2]))
    assert not without_ghosts(silent, True).samples.any()


def test_the_silence_of_a_mark_is_not_made(voice: KokoroVoice) -> None:
    """It takes as long as speech; the silence of the first edge does the first syllable good."""
    [(row, _)] = voice.breaths_of(Line("今天放晴。"))
    short = voice.speech_of(row, 1.0)
    whole = voice.speech_of(replace(row, paces=np.ones_like(row.paces)), 1.0)
    assert short.n_frames[-2:].sum() < whole.n_frames[-2:].sum() / 2
    assert np.array_equal(short.n_frames[:-2], whole.n_frames[:-2])


def test_only_a_row_that_ends_voiced_may_be_cut_after_a_silence(voice: KokoroVoice) -> None:
    for text, is_voiced in {
        "今天放晴。": True,
        "Google宣布。": True,
        "他看Netflix。": False,
    }.items():
        [(row, _)] = voice.breaths_of(Line(text))
        assert row.ends_in_a_vowel_or_nasal == is_voiced, text


def test_the_first_sound_is_where_it_is_heard_not_where_its_frames_are() -> None:
    """Of a row that is English alone the sound begins up to 150 ms before its frames."""
    samples = np.zeros(20 * FRAME_SAMPLES, np.float32)
    samples[: 8 * FRAME_SAMPLES] = 0.005  # the breath before it
    samples[8 * FRAME_SAMPLES : 17 * FRAME_SAMPLES] = 0.5
    frame_s = FRAME_SAMPLES / SAMPLE_RATE_HZ
    for n_lead in (7, 8, 10, 14):
        speech = Speech(samples, np.array([n_lead, 16 - n_lead, 2, 2]))
        assert onset_s(speech) == pytest.approx(8 * frame_s)
    silent = Speech(np.zeros(20 * FRAME_SAMPLES, np.float32), np.array([10, 6, 2, 2]))
    assert onset_s(silent) == pytest.approx(10 * frame_s - SOUND_LEADS_S)


def test_a_long_first_clause_is_begun_with_a_short_breath_of_it(voice: KokoroVoice) -> None:
    """Cut between words; what is said is the same, and the rest waits for no pause of a mark."""
    texts = {
        "中華隊在世界棒球經典賽以七比四擊敗韓國隊。": "中華隊",
        "花蓮縣秀林鄉昨晚九點四十三分發生規模五點六地震。": "花蓮縣秀林鄉昨晚",
        "今天放晴，氣溫明顯回升。": "今天放晴",
        "國道一號北上六十二公里處車禍。": "國道一號北上",
        "共有三百五十萬人次來台灣觀光旅遊。": "共有三百五十萬人次",
        "約四百七十三萬戶家庭本月停電。": "約四百七十三萬戶",
        "天" * 24 + "。": "",
    }
    for text, begun in texts.items():
        breaths = voice.breaths_of(Line(text))
        characters = [(s.start, s.end) for row, _ in breaths for s, _, _ in row.spans]
        said = [i for i, character in enumerate(text) if character not in "，。"]
        assert characters == [(i, i + 1) for i in said], "all of it, in order"
        first = [s for s, _, _ in breaths[0][0].spans]
        assert len(first) <= LONGEST_FIRST
        if begun:
            assert text[: first[-1].end] == begun
        assert all(len(row.ids) <= MOST_PHONEMES_AT_ONCE for row, _ in breaths)
    assert voice.breaths_of(Line("中華隊在世界棒球經典賽以七比四擊敗韓國隊。"))[0][1] < 100


def test_only_marks_ask_for_pauses(voice: KokoroVoice, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clause that no row can hold is said in several, as if it were one."""
    monkeypatch.setattr(rows, "LONGEST_ROW", 30)
    pauses_ms = [pause_ms for _, pause_ms in voice.breaths_of(Line("今天大家放晴出門，你呢。"))]
    assert len(pauses_ms) > 2, "the first clause is cut"
    assert sum(pause_ms >= 100 for pause_ms in pauses_ms) == 1, "and pauses at its comma only"


def test_the_items_of_a_list_are_one_row(voice: KokoroVoice) -> None:
    """But what a sentence begins with stays short, and no row is too long."""
    texts = {
        "他們說，台北、新北、桃園放晴。": [3, 8],
        "看NBA、WHO、CEO新聞。": [6],
        "今天的新聞提到Amazon、Intel、Microsoft等消息。": [7, 6],
        "蘋果、香蕉、西瓜、芒果、鳳梨、葡萄、水梨、桃子。": [8, 8],
    }
    for text, n_sounds in texts.items():
        breaths = voice.breaths_of(Line(text))
        assert [len(row.spans) for row, _ in breaths] == n_sounds, text
        for row, _ in breaths:
            assert len(row.ids) == len(row.paces) == row.spans[-1][2] + 2
            assert all(PHONEME_IDS[","] not in row.ids[a:b] for _, a, b in row.spans)
            assert row.ids.count(EDGE_ID) == 2
    many = voice.breaths_of(Line("今天放晴，" + "、".join(["台北"] * 60) + "。"))
    assert all(len(row.ids) <= rows.LONGEST_ROW + 2 for row, _ in many)
    assert sum(len(row.spans) for row, _ in many) == 124


def test_people_are_shown_names_and_the_licence() -> None:
    offered = {info.name: info for info in KokoroVoice.catalogue()}
    assert offered["kokoro:zf_xiaobei"].label == "小北（女，離線）"
    assert {info.gender for info in offered.values()} == {"Female", "Male"}
    assert all("Apache-2.0" in info.licence for info in offered.values())
    assert "kokoro:zf_xiaoni" not in offered
    assert Voices().licence("kokoro") == Voices().licence("kokoro:zm_yunyang")
    assert "non-commercial" in Voices().licence("baker")
    assert Voices().licence("nosuch") == ""
    mixed = Voices().licence("kokoro:zf_xiaobei + kokoro:zm_yunyang + baker")
    assert mixed.count("Apache") == mixed.count("non-commercial") == 1


def test_only_what_is_offered_can_be_asked_for() -> None:
    with pytest.raises(UnknownVoice, match="zm_yunyang"):
        KokoroVoice("zf_xiaoni")
    with pytest.raises(BadOptions, match="english, mandarin"):
        KokoroSettings("latin")


def test_how_latin_is_said_is_part_of_the_version() -> None:
    versions = {KokoroVoice(settings=KokoroSettings(x)).version for x in ("english", "mandarin")}
    assert len(versions) == 2


def test_embedded_voices_are_tried_in_order(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found = Voices()
    assert found.candidates("auto")[:2] == ("edge", "kokoro")
    assert found.candidates("kokoro:zm_yunyang")[0] == "kokoro:zm_yunyang"
    assert found.candidates("baker") == ("baker",)
    monkeypatch.setenv("TINGWEN_VOICES", str(tmp_path_factory.mktemp("none")))
    assert found.candidates("auto") == ("edge", "kokoro", "baker"), "somebody says what to install"
    assert found.candidates("kokoro") == ("kokoro",)

"""What the Edge voice asks for, what it makes of the answer, and how it behaves towards the
service: its clock, its connections, its pace."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from xml.sax.saxutils import escape

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import BadOptions, UnknownVoice, VoiceRefused, VoiceUnavailable
from reader.script import Line, Reading
from reader.voices import Prosody
from reader.voices.chunks import chunks_of
from reader.voices.edge import EdgeSettings, EdgeVoice
from reader.voices.edge.boundaries import Boundary, timings_of, unsaid
from reader.voices.edge.wire import MAX_BYTES, sent_bytes
from reader.voices.remote import SecretUrl
from tests.edge_server import (
    LEAD_S,
    SYLLABLE_S,
    EdgeServer,
    Fault,
    after,
    always,
    first,
    words_of,
)

LINE = Line("今天台北天氣晴，Google 在 N B A 說話。")


def voice(server: EdgeServer, variant: str = "", **changed: object) -> EdgeVoice:
    patient = {"first_byte_s": 30.0, "connect_s": 30.0, "whole_s": 60.0, "cooldown_s": 0.1}
    settings = EdgeSettings(endpoint=SecretUrl(server.origin), **{**patient, **changed})  # type: ignore[arg-type]
    return EdgeVoice(variant, settings)


async def until(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 (the server lives in another thread)
        await asyncio.sleep(0.01)


async def test_what_is_asked_for() -> None:
    with EdgeServer() as server:
        prosody = Prosody(rate_percent=-10, pitch_hz=5, volume_percent=20)
        await voice(server, "zh-TW-YunJheNeural").speak(Line("甲＆乙<丙>「丁」&"), prosody)
        (spoken,) = server.seen.spoken
    assert spoken.text == "甲＆乙<丙>「丁」&"
    assert "(zh-TW, YunJheNeural)" in spoken.voice
    assert (spoken.rate, spoken.pitch, spoken.volume) == ("-10%", "+5Hz", "+20%")


async def test_marks_stand_where_the_words_are_heard() -> None:
    with EdgeServer() as server:
        clip = await voice(server).speak(LINE, Prosody())
    assert [LINE.spoken[m.start : m.end] for m in clip.timings] == [
        w for w, _ in words_of(LINE.spoken)
    ]
    samples, rate_hz = soundfile.read(io.BytesIO(clip.frames))
    for mark in clip.timings:
        # The codec delays everything by 1,105 samples: the player takes them off again.
        at = round(mark.start_s * rate_hz) + 1105
        middle = np.abs(samples[at + 1200 : at + 2400])
        assert middle.max() > 0.1
    assert clip.timings[0].start_s < LEAD_S
    assert clip.timings[-1].end_s <= clip.duration_s


async def test_the_lexicons_readings_are_respelled_and_traced_back() -> None:
    line = Line("他姓單，單姓很少。", (Reading(2, 3, ("shan4",)), Reading(4, 5, ("shan4",))))
    with EdgeServer() as server:
        clip = await voice(server).speak(line, Prosody())
        (spoken,) = server.seen.spoken
    assert "單" not in spoken.text
    assert len(spoken.text) == len(line.spoken)
    assert [line.spoken[m.start : m.end] for m in clip.timings] == ["他姓", "單", "單姓", "很少"]


async def test_silence_is_trimmed_to_the_margins_without_encoding_again() -> None:
    with EdgeServer() as server:
        clip = await voice(server).speak(Line("今天" * 10), Prosody())
    assert clip.duration_s < 20 * SYLLABLE_S + 0.3


async def test_a_line_longer_than_a_request_goes_out_in_pieces() -> None:
    text = "這是一個很長的句子，沒有空格" * 110 + "。"
    with EdgeServer() as server:
        clip = await voice(server).speak(Line(text), Prosody())
        assert "".join(s.text for s in server.seen.spoken) == text
        assert all(len(s.text.encode()) <= 4096 for s in server.seen.spoken)
        assert len(server.seen.spoken) > 1
    assert "".join(text[m.start : m.end] for m in clip.timings) == "".join(
        w for s in server.seen.spoken for w, _ in words_of(s.text)
    )
    starts = [m.start_s for m in clip.timings]
    assert starts == sorted(starts)
    assert clip.timings[-1].end_s <= clip.duration_s


@given(st.text(alphabet="今天，。！&<>'\"a é😀", max_size=400), st.integers(12, 60))
def test_chunks_lose_nothing_and_fit(text: str, limit: int) -> None:
    chunks = chunks_of(text, limit, sent_bytes)
    assert "".join(chunk.text for chunk in chunks) == text
    for chunk in chunks:
        assert 0 < len(escape(chunk.text).encode()) <= limit
        assert text[chunk.start :].startswith(chunk.text)


def test_chunks_break_where_a_reader_would_breathe() -> None:
    assert [c.text for c in chunks_of("一二三，四五。六七，八九", 8)] == [
        "一二三，四五。",
        "六七，八九",
    ]
    assert MAX_BYTES < 4096


def boundaries(*words: str) -> list[Boundary]:
    return [Boundary(word, i, i + 1) for i, word in enumerate(words)]


@given(st.lists(st.sampled_from(["今天", "晴", "Google", "N", "NBA", "？", ""]), max_size=12))
def test_marks_are_in_order_and_within_the_text(words: list[str]) -> None:
    text = "今天，晴 Google N B A 今天"
    marks = timings_of(text, boundaries(*words))
    ends = [0, *(m.end for m in marks)]
    assert all(end <= m.start < m.end <= len(text) for end, m in zip(ends, marks, strict=False))


@pytest.mark.parametrize(
    ("text", "words", "missing"),
    [
        ("他看 N B A。", ["他", "看", "NBA"], ""),
        ("他看 N B A。", ["他", "看", "N", "B", "A"], ""),
        ("氣溫很高。", ["气温", "很高"], ""),  # written otherwise, but all of it
        ("好的呢。", ["好"], ""),
        ("今天台北天氣晴，氣溫很高。", ["今天", "台北"], "天氣晴，氣溫很高。"),
        ("今天台北天氣晴，氣溫很高。", [], ""),
    ],
)
def test_what_the_service_did_not_say(text: str, words: list[str], missing: str) -> None:
    assert unsaid(text, boundaries(*words)) == missing


def test_a_word_is_not_looked_for_too_far_ahead() -> None:
    text = "甲" + "，然後" * 20 + "乙"
    marks = timings_of(text, boundaries("甲", "乙", "然後"))
    assert [text[m.start : m.end] for m in marks] == ["甲", "然後"]


async def test_a_wrong_clock_is_set_by_the_services_date() -> None:
    with EdgeServer(clock_offset_s=7200) as server:
        for _ in range(2):
            await voice(server).speak(LINE, Prosody())
        assert server.seen.n_requests == 3  # refused once, then known


async def test_a_403_without_a_date_is_a_clear_error() -> None:
    with EdgeServer(faults=always(Fault.FORBIDDEN), sends_date=False) as server:
        with pytest.raises(VoiceRefused, match="403 and no date"):
            await voice(server).speak(LINE, Prosody())
        assert server.seen.n_requests == 1


async def test_never_more_connections_than_allowed() -> None:
    with EdgeServer(latency_s=0.02) as server:
        voices = [voice(server, v, concurrency=3) for v in ("", "zh-TW-YunJheNeural")]
        await asyncio.gather(*(v.speak(LINE, Prosody()) for v in voices * 10))
        assert server.seen.max_open == 3
        assert server.seen.n_requests == 20


async def test_a_cancelled_request_ends_its_connection() -> None:
    with EdgeServer(faults=always(Fault.HANGS_IN_THE_MIDDLE)) as server:
        task = asyncio.create_task(voice(server, first_byte_s=60.0).speak(LINE, Prosody()))
        await until(lambda: bool(server.seen.spoken))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await until(lambda: not server.seen.open)
        assert server.seen.n_abandoned == 1


async def test_a_dead_service_costs_one_wait_for_all_lines() -> None:
    with EdgeServer(faults=always(Fault.HANGS_BEFORE_FIRST_BYTE)) as server:
        edge = voice(server, first_byte_s=0.4, cooldown_s=60.0, concurrency=2)
        lines = [edge.speak(Line("今天" * (1 + i)), Prosody()) for i in range(20)]
        results = await asyncio.gather(*lines, return_exceptions=True)
        assert all(isinstance(r, VoiceUnavailable) for r in results)
        assert server.seen.n_requests == 2, "only those that were under way"


async def test_a_service_that_recovers_is_asked_again() -> None:
    with EdgeServer(faults=first(1, Fault.HANGS_IN_HANDSHAKE)) as server:
        edge = voice(server, first_byte_s=0.4, cooldown_s=0.05)
        with pytest.raises(VoiceUnavailable):
            await edge.speak(LINE, Prosody())
        with pytest.raises(VoiceUnavailable, match="asked again in"):
            await edge.speak(LINE, Prosody())
        await asyncio.sleep(0.06)
        clips = await asyncio.gather(*(edge.speak(LINE, Prosody()) for _ in range(5)))
        assert len(clips) == 5
        assert server.seen.n_requests == 6


async def test_a_dead_connection_of_a_live_service_is_given_up_for_another() -> None:
    with EdgeServer(
        faults=lambda n: Fault.HANGS_BEFORE_FIRST_BYTE if n == 3 else Fault.NONE
    ) as server:
        edge = voice(server, first_byte_s=1.0, concurrency=1)
        for _ in range(5):
            await edge.speak(LINE, Prosody())
        assert server.seen.n_requests == 6


async def test_after_good_beginnings_failures_in_a_row_open_the_circuit() -> None:
    with EdgeServer(faults=after(3, Fault.SILENCE)) as server:
        edge = voice(server, concurrency=1, cooldown_s=60.0)
        results = await asyncio.gather(
            *(edge.speak(LINE, Prosody()) for _ in range(20)), return_exceptions=True
        )
        assert sum(not isinstance(r, BaseException) for r in results) == 3
        assert server.seen.n_requests == 3 + 6


async def test_the_pace_is_kept() -> None:
    """A minute's worth at once, then one by one: counted, with a bucket of two."""
    with EdgeServer() as server:
        edge = voice(server, rate_per_minute=2.0)
        lines = asyncio.gather(*(edge.speak(LINE, Prosody()) for _ in range(4)))
        await until(lambda: server.seen.n_finished == 2)
        await asyncio.sleep(0.1)
        lines.cancel()
        with pytest.raises(asyncio.CancelledError):
            await lines
        assert server.seen.n_requests == 2


async def test_requests_go_through_the_proxy() -> None:
    with EdgeServer() as proxy:
        settings = EdgeSettings(
            endpoint=SecretUrl("http://speech.invalid"), proxy=SecretUrl(proxy.origin)
        )
        await EdgeVoice(settings=settings).speak(LINE, Prosody())
        assert proxy.seen.hosts == ["speech.invalid:80"]


async def test_the_live_catalogue_is_chinese_and_taiwans_first() -> None:
    with EdgeServer() as server:
        found = await voice(server).live_catalogue()
    assert [info.name for info in found] == [
        "edge:zh-TW-HsiaoChenNeural",
        "edge:zh-TW-NewNeural",
        "edge:zh-CN-XiaoxiaoNeural",
    ]


async def test_the_live_catalogue_fails_clearly() -> None:
    with EdgeServer(faults=always(Fault.BROKEN)) as server, pytest.raises(VoiceUnavailable):
        await voice(server).live_catalogue()


def test_the_shipped_catalogue_has_taiwans_voices() -> None:
    names = [info.name for info in EdgeVoice.catalogue()]
    assert names[:3] == [f"edge:zh-TW-{name}Neural" for name in ("HsiaoChen", "HsiaoYu", "YunJhe")]
    assert {name[5:10] for name in names} == {"zh-TW", "zh-HK", "zh-CN"}
    assert EdgeVoice().name == names[0]


@pytest.mark.parametrize(
    "variant", ["nobody", "zh-TW", "zh-TW-X'/>Neural", "zh-TW-HsiaoChenNeural "]
)
def test_a_name_of_another_form_is_unknown(variant: str) -> None:
    with pytest.raises(UnknownVoice, match="HsiaoChen"):
        EdgeVoice(variant)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENDPOINT", "localhost"),
        ("PROXY", "socks5://x"),
        ("CONCURRENCY", "0"),
        ("ATTEMPTS", "many"),
    ],
)
def test_settings_are_checked_once(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"TINGWEN_EDGE_{name}", value)
    with pytest.raises(BadOptions, match=value):
        EdgeVoice()


def test_concurrency_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGWEN_EDGE_CONCURRENCY", "9")
    monkeypatch.setenv("TINGWEN_EDGE_FIRST_BYTE_S", "1.5")
    settings = EdgeVoice().settings
    assert (settings.concurrency, settings.first_byte_s) == (9, 1.5)

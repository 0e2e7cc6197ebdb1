"""Whole articles through a service that fails: all of it in one voice, or one clear error,
and nothing wrong in the cache."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from audio_cache import Cache
from reader.errors import Unpronounceable, VoiceError
from reader.loudness import LoudnessTarget
from reader.mpeg import canonical_frames, encode_pcm
from reader.narration.assembly import Listener, Progress
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.retries import ROUNDS_A_SENTENCE
from reader.script import Line, Script, Utterance
from reader.synthesis.cache_keys import clip_key, clip_path, manifest_path, narration_id
from reader.voices import Prosody, Voice, Voices
from reader.voices.baker import BakerVoice
from reader.voices.clip import Clip
from reader.voices.edge import EdgeSettings, EdgeVoice
from reader.voices.remote import SecretUrl
from tests.edge_server import EdgeServer, Fault, Faults, after, always, every, first
from tests.sound import tone

pytestmark = pytest.mark.usefixtures("embedded_voice")

N = 8
CONCURRENCY = 2
ATTEMPTS = 2
EDGE = "edge:zh-TW-HsiaoChenNeural"
DIGITS = "零一二三四五六七八九"


class Hums:
    """Stands in for the embedded voice, which takes a second to load."""

    name = "baker"
    version = "hums"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        if not line.spoken:
            raise Unpronounceable("nothing to say; leave it out")
        return Clip(canonical_frames(encode_pcm(tone(len(line.spoken) * 0.05))))

    async def close(self) -> None:
        pass


class Counts(Listener):
    """Hears which voice begins, and how many utterances it then speaks."""

    def __init__(self) -> None:
        self.voices: list[str] = []
        self.n_since = 0

    def begins(self, voice: str) -> None:
        self.voices.append(voice)
        self.n_since = 0

    def spoken(self, progress: Progress) -> None:  # noqa: ARG002
        self.n_since += 1


def script(n: int = N) -> Script:
    texts = [f"這是第{DIGITS[i // 10]}{DIGITS[i % 10]}句，天氣很好。" for i in range(n)]
    utterances = tuple(Utterance(i, 0, text, text, 240) for i, text in enumerate(texts))
    return Script("題", "", "", ("".join(texts),), utterances)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.open(str(tmp_path / "store"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[EdgeServer]:
    with EdgeServer() as edge:
        settings = {
            "ENDPOINT": edge.origin,
            "CONCURRENCY": CONCURRENCY,
            "ATTEMPTS": ATTEMPTS,
            "CONNECT_S": 30,
            "FIRST_BYTE_S": 30,
            "WHOLE_S": 30,
            "COOLDOWN_S": 60,
        }
        for name, value in settings.items():
            monkeypatch.setenv(f"TINGWEN_EDGE_{name}", str(value))
        yield edge


@pytest.fixture
def impatient(server: EdgeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """For faults that are known by the time they take: a busy machine must not make others."""
    assert server.origin
    for name in ("CONNECT_S", "FIRST_BYTE_S", "WHOLE_S"):
        monkeypatch.setenv(f"TINGWEN_EDGE_{name}", "0.3")


def voices() -> Voices:
    return Voices({"baker": lambda _: Hums()})


async def narrated(cache: Cache, *, n: int = N, **options: object) -> Narration:
    return await Narrator(cache, voices()).narrate(script(n), ReadOptions(**options))  # type: ignore[arg-type]


async def kept_clips(cache: Cache, n: int = N) -> list[bytes | None]:
    """What the cache has under the Edge voice's keys, sentence by sentence."""
    edge = EdgeVoice()
    return [
        await cache.get(clip_path(clip_key(u.line, edge, Prosody()))) for u in script(n).utterances
    ]


async def check_that_nothing_wrong_is_kept(cache: Cache) -> None:
    with EdgeServer() as healthy:
        patient = EdgeSettings(
            endpoint=SecretUrl(healthy.origin), connect_s=30.0, first_byte_s=30.0
        )
        edge = EdgeVoice(settings=patient)
        for utterance, kept in zip(script().utterances, await kept_clips(cache), strict=True):
            if kept is not None:
                assert Clip.from_bytes(kept) == await edge.speak(utterance.line, Prosody())


FATAL = [
    # fault, most requests: never more than those under way and six failures in a row
    (always(Fault.FORBIDDEN), 2 * CONCURRENCY),
    (always(Fault.TOO_MANY), 6 + CONCURRENCY),
    (always(Fault.HANGS_IN_HANDSHAKE), CONCURRENCY),
    (always(Fault.HANGS_BEFORE_FIRST_BYTE), CONCURRENCY),
    (always(Fault.HANGS_IN_THE_MIDDLE), CONCURRENCY),
    (always(Fault.CLOSES_IN_THE_MIDDLE), 6 + CONCURRENCY),
    (always(Fault.NO_AUDIO), 6 + CONCURRENCY),
    (always(Fault.SILENCE), 6 + CONCURRENCY),
    (always(Fault.HALF_A_FRAME), 6 + CONCURRENCY),
    (always(Fault.GARBAGE), 6 + CONCURRENCY),
    (always(Fault.OTHER_FORMAT), 6 + CONCURRENCY),
    (always(Fault.METADATA_ONLY), 6 + CONCURRENCY),
    (always(Fault.SLOW_DRIP), 6 + CONCURRENCY),
    (after(3, Fault.DROPS), 3 + 6 + CONCURRENCY),
    (after(3, Fault.HANGS_BEFORE_FIRST_BYTE), 3 + ATTEMPTS * CONCURRENCY),
]
FATAL_IDS = [
    "403", "429", "hangs in the handshake", "hangs before the first byte", "hangs in the middle",
    "closes in the middle", "no audio", "silence", "half a frame", "garbage", "another format",
    "metadata without audio", "slow drip", "dies later", "goes silent later",
]  # fmt: skip


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize(("faults", "most_requests"), FATAL, ids=FATAL_IDS)
async def test_what_cannot_be_cured_is_one_error_or_the_other_voice(
    server: EdgeServer, cache: Cache, faults: Faults, most_requests: int
) -> None:
    server.faults = faults
    with pytest.raises(VoiceError) as caught:
        await narrated(cache, voice=EDGE, fallback=False)
    assert "sentence" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert server.seen.n_requests <= most_requests
    assert server.seen.max_open <= CONCURRENCY
    await check_that_nothing_wrong_is_kept(cache)
    edge = EdgeVoice()
    assert (
        await cache.get(manifest_path(narration_id(script(), edge, Prosody(), LoudnessTarget())))
        is None
    )

    n_before = server.seen.n_requests
    narration = await narrated(cache, voice="auto")
    assert server.seen.n_requests <= n_before + most_requests
    assert (narration.voice, narration.wanted_voice) == ("baker", "auto")
    assert str(narration.why[0]).startswith("edge: sentence")
    assert narration.coverage == 1.0
    await check_that_nothing_wrong_is_kept(cache)


@pytest.mark.parametrize(
    ("faults", "n_requests"),
    [
        (first(1, Fault.FORBIDDEN), N + 1),
        (first(1, Fault.TOO_MANY), N + 1),
        (first(1, Fault.CLOSES_IN_THE_MIDDLE), N + 1),
        (first(1, Fault.SILENCE), N + 1),
        (every(3, Fault.DROPS), N + 3),
    ],
    ids=["403 once", "429 once", "closes once", "silent once", "drops every third"],
)
async def test_what_passes_is_cured(
    server: EdgeServer,
    cache: Cache,
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
    n_requests: int,
) -> None:
    monkeypatch.setenv("TINGWEN_EDGE_ATTEMPTS", "4")
    server.faults = faults
    narration = await narrated(cache, voice=EDGE, fallback=False)
    assert narration.voice == EDGE
    assert narration.why == ()
    assert narration.coverage == 1.0
    assert server.seen.n_requests == n_requests
    await check_that_nothing_wrong_is_kept(cache)


async def test_a_service_that_cuts_every_other_request_still_reads_the_article(
    server: EdgeServer, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At random, so that the cuts fall on one sentence as they would: of 40 sentences two or
    three lose all four attempts."""
    monkeypatch.setenv("TINGWEN_EDGE_ATTEMPTS", "4")
    monkeypatch.setenv("TINGWEN_EDGE_CONCURRENCY", "4")
    chance = random.Random(11)
    cut = [chance.random() < 0.5 for _ in range(2_000)]
    server.faults = lambda number: Fault.CLOSES_IN_THE_MIDDLE if cut[number] else Fault.NONE
    narration = await narrated(cache, n=40, voice=EDGE, fallback=False)
    assert narration.voice == EDGE
    assert narration.why == ()
    assert narration.coverage == 1.0
    assert server.seen.n_requests < 200


async def test_a_sentence_that_fails_for_ever_is_not_asked_for_ever(
    server: EdgeServer, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others go well in between, so that the service is not taken for dead."""
    monkeypatch.setenv("TINGWEN_EDGE_ATTEMPTS", "4")
    server.fault_of_text = lambda text: Fault.DROPS if "第零三句" in text else Fault.NONE
    with pytest.raises(VoiceError, match="sentence 4"):
        await narrated(cache, voice=EDGE, fallback=False)
    n_of_it = sum("第零三句" in one.text for one in server.seen.spoken)
    assert 4 <= n_of_it <= 4 * (1 + ROUNDS_A_SENTENCE)


async def test_when_the_service_recovers_the_next_request_gets_it(
    server: EdgeServer, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_EDGE_COOLDOWN_S", "0.001")
    server.faults = after(3, Fault.BROKEN)
    assert (await narrated(cache, voice="auto")).voice == "baker"
    kept = [clip for clip in await kept_clips(cache) if clip]
    server.faults = always(Fault.NONE)
    narration = await narrated(cache, voice="auto")
    assert narration.voice == EDGE
    assert narration.n_spoken == N - len(kept)


async def test_a_narration_of_the_other_voice_is_told_apart_when_it_is_kept(
    server: EdgeServer, cache: Cache
) -> None:
    server.faults = always(Fault.FORBIDDEN)
    wanted = await narrated(cache, voice="baker")
    assert (wanted.wanted_voice, wanted.why) == ("baker", ())
    found = await narrated(cache, voice=EDGE)
    assert found.id == wanted.id
    assert found.wanted_voice == EDGE
    assert "403" in str(found.why[0])


async def test_a_mixture_only_when_it_is_asked_for(server: EdgeServer, cache: Cache) -> None:
    server.faults = after(3, Fault.FORBIDDEN)
    narration = await narrated(cache, voice=EDGE, mix=True)
    assert narration.voice == f"{EDGE} + baker"
    assert narration.coverage == 1.0
    assert "403" in str(narration.why[0])
    edge = EdgeVoice()
    assert narration.id != narration_id(script(), edge, Prosody(), LoudnessTarget())
    assert (
        await cache.get(manifest_path(narration_id(script(), edge, Prosody(), LoudnessTarget())))
        is None
    )
    await check_that_nothing_wrong_is_kept(cache)


async def test_a_mixture_that_needed_no_help_is_the_voices_own(
    server: EdgeServer, cache: Cache
) -> None:
    mixed = await narrated(cache, voice=EDGE, mix=True)
    n_requests = server.seen.n_requests
    assert mixed.voice == EDGE
    assert await narrated(cache, voice=EDGE) == mixed
    assert server.seen.n_requests == n_requests


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("faults", "most_requests", "embedded", "n"),
    [
        (always(Fault.HANGS_IN_HANDSHAKE), 4, Hums, 50),
        (after(25, Fault.HANGS_BEFORE_FIRST_BYTE), 25 + 2 * 4, Hums, 50),
        (after(25, Fault.DROPS), 25 + 6 + 4, Hums, 50),
        # Up to three may be dropped before the last of the four is done: a shaky service, whose
        # circuit bears a run of ten.
        (after(4, Fault.DROPS), 4 + 3 + 10 + 4, BakerVoice, 8),
    ],
    ids=["dead from the start", "goes silent", "dies", "dies, the real embedded voice"],
)
async def test_an_article_in_one_voice_whatever_happens(
    server: EdgeServer,
    cache: Cache,
    monkeypatch: pytest.MonkeyPatch,
    faults: Faults,
    most_requests: int,
    embedded: Callable[[], Voice],
    n: int,
) -> None:
    """With the product's own patience."""
    for name in ("CONCURRENCY", "ATTEMPTS", "CONNECT_S", "FIRST_BYTE_S", "WHOLE_S"):
        monkeypatch.delenv(f"TINGWEN_EDGE_{name}")
    server.faults = faults
    listener = Counts()
    all_voices = Voices({"baker": lambda _: embedded()})
    try:
        narrator = Narrator(cache, all_voices)
        narration = await narrator.narrate(script(n), ReadOptions(), listener)
    finally:
        await all_voices.close()
    assert narration.voice == "baker"
    assert narration.coverage == 1.0
    assert listener.voices[-1] == "baker"
    assert listener.n_since == n
    assert server.seen.n_requests <= most_requests
    assert server.seen.max_open <= 4


async def test_many_sentences_never_open_more_than_allowed(
    server: EdgeServer, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_EDGE_CONCURRENCY", "7")
    server.latency_s = 0.05
    narration = await narrated(cache, n=100, voice=EDGE, fallback=False)
    assert narration.n_spoken == server.seen.n_requests == 100
    assert server.seen.max_open == 7

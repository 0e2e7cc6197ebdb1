"""The contract of a voice on all there are, and on voices that break it."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncGenerator, Iterator
from pathlib import Path

import pytest

from reader.errors import Unpronounceable, VoiceError, VoiceMissing
from reader.mpeg import canonical_frames, encode_pcm, silence
from reader.script import Line
from reader.voices import Prosody, Voice, Voices
from reader.voices.baker import BakerVoice
from reader.voices.clip import Clip, WordTiming
from reader.voices.contract import PROMISES, PromiseBroken, VoiceContract
from reader.voices.edge import EdgeSettings, EdgeVoice
from reader.voices.kokoro import KokoroVoice
from reader.voices.openai import OpenAISettings, OpenAIVoice
from reader.voices.remote import SecretUrl
from tests.edge_server import EdgeServer, Fault, always
from tests.openai_server import Answer, OpenAIServer
from tests.sound import tone

PLUGIN = Path(__file__).resolve().parents[2] / "examples" / "tingwen-voice-tone"


@pytest.mark.usefixtures("embedded_voice")
@pytest.mark.thorough
class TestBaker(VoiceContract):
    def open_voice(self) -> Voice:
        return BakerVoice()


@pytest.mark.slow
@pytest.mark.usefixtures("kokoro_voice")
class TestKokoro(VoiceContract):
    def open_voice(self) -> Voice:
        return KokoroVoice()


class TestEdge(VoiceContract):
    @pytest.fixture(autouse=True)
    def _server(self) -> Iterator[None]:
        with EdgeServer() as self.server:
            yield

    def open_voice(self) -> Voice:
        patient = EdgeSettings(
            endpoint=SecretUrl(self.server.origin), connect_s=30.0, first_byte_s=30.0
        )
        return EdgeVoice(settings=patient)


class TestOpenAI(VoiceContract):
    @pytest.fixture(autouse=True)
    def _server(self) -> Iterator[None]:
        with OpenAIServer(Answer.MP3_44100_STEREO) as self.server:
            yield

    def open_voice(self) -> Voice:
        return OpenAIVoice(settings=OpenAISettings(base_url=SecretUrl(self.server.base_url)))


def _install(folder: Path, name: str, entry: str) -> None:
    info = folder / f"{name.replace('-', '_')}-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text(f"[tingwen.voices]\n{entry}\n")


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Voices:
    """The example package, as an installer would leave it: its module and its entry point."""
    monkeypatch.syspath_prepend(str(PLUGIN))
    monkeypatch.syspath_prepend(str(tmp_path))
    _install(tmp_path, "tingwen-voice-tone", "tone = tingwen_voice_tone:ToneVoice")
    monkeypatch.delitem(sys.modules, "tingwen_voice_tone", raising=False)
    return Voices()


class TestExamplePlugin(VoiceContract):
    @pytest.fixture(autouse=True)
    def _plugin(self, plugin: Voices) -> None:
        self.voices = plugin

    def open_voice(self) -> Voice:
        return self.voices.open("tone:high")


def test_a_plugin_is_listed_like_a_built_in(plugin: Voices) -> None:
    names = [info.name for info in plugin.catalogue()]
    assert {"baker", "edge:zh-TW-HsiaoChenNeural", "tone:low", "tone:high"} <= set(names)


async def test_the_services_own_list_is_shown_where_it_can_be_had(
    plugin: Voices, monkeypatch: pytest.MonkeyPatch
) -> None:
    failures: list[VoiceError] = []
    with EdgeServer() as server:
        monkeypatch.setenv("TINGWEN_EDGE_ENDPOINT", server.origin)
        live = [info.name for info in await plugin.live_catalogue(failures.append)]
    assert {"baker", "edge:zh-TW-NewNeural", "tone:low"} <= set(live)
    assert not failures
    assert "edge:zh-TW-HsiaoYuNeural" not in live


async def test_without_the_service_the_shipped_list_stands_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failures: list[VoiceError] = []
    with EdgeServer(faults=always(Fault.FORBIDDEN)) as server:
        monkeypatch.setenv("TINGWEN_EDGE_ENDPOINT", server.origin)
        voices = Voices()
        assert await voices.live_catalogue(failures.append) == voices.catalogue()
    assert "403" in str(failures[0])


def test_a_plugin_that_cannot_be_loaded_is_a_clear_error(tmp_path: Path, plugin: Voices) -> None:
    assert plugin
    _install(tmp_path, "broken", "broken = no_such_module:Voice")
    with pytest.raises(VoiceMissing, match="'broken' cannot be loaded"):
        Voices().open("broken")


def test_two_plugins_of_one_name_are_an_error(tmp_path: Path, plugin: Voices) -> None:
    assert plugin
    _install(tmp_path, "other", "tone = other:Voice")
    with pytest.raises(VoiceMissing, match="two packages register the voice 'tone'"):
        Voices()


class Steady:
    """Keeps every promise it can with little; the ways to break them derive from it."""

    name = "steady"
    version = "1"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        n = sum(c.isalnum() for c in line.spoken)
        if not n:
            raise Unpronounceable("nothing to say; leave it out")
        seconds = n * 0.2 * 100 / (100 + prosody.rate_percent)
        return Clip(canonical_frames(encode_pcm(tone(seconds))))

    async def close(self) -> None:
        pass


class SpeaksSilence(Steady):
    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        return Clip(silence(50))


class PadsWithSilence(Steady):
    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        return Clip((await super().speak(line, prosody)).frames + silence(50))


class MarksBeyondTheEnd(Steady):
    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        clip = await super().speak(line, prosody)
        return Clip(clip.frames, (WordTiming(0, 1, 0.0, clip.duration_s + 1),))


class IgnoresTheRate(Steady):
    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        return await super().speak(line, Prosody())


class RaisesItsOwnErrors(Steady):
    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if not line.spoken:
            raise IndexError("string index out of range")
        return await super().speak(line, prosody)


class StreamsSomethingElse(Steady):
    async def stream(self, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
        clip = await self.speak(line, prosody)
        yield clip
        yield clip


class HasNoVersion(Steady):
    version = ""


def broken_by(kind: type[Steady]) -> set[str]:
    broken = set()
    for promise in PROMISES:
        try:
            asyncio.run(promise.check(kind))
        except (PromiseBroken, IndexError):
            broken.add(promise.name)
    return broken


@pytest.mark.parametrize(
    ("kind", "some_broken"),
    [
        (Steady, set()),
        (SpeaksSilence, {"speaks_a_sentence", "says_so_when_there_is_nothing_to_say"}),
        (PadsWithSilence, {"speaks_a_sentence"}),
        (MarksBeyondTheEnd, {"speaks_a_sentence"}),
        (IgnoresTheRate, {"changes_its_rate"}),
        (RaisesItsOwnErrors, {"says_so_when_there_is_nothing_to_say"}),
        (StreamsSomethingElse, {"streams_what_it_speaks"}),
        (HasNoVersion, {"has_a_name_and_a_version"}),
    ],
)
def test_the_contract_notices(kind: type[Steady], some_broken: set[str]) -> None:
    broken = broken_by(kind)
    assert some_broken <= broken
    assert bool(some_broken) == bool(broken)

"""Guests' own requests, as they send them: Open WebUI, Home Assistant, people with curl."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from api.voice_names import name_for_people, resolve_voice, usable_voices
from reader.errors import VoiceUnavailable
from reader.mpeg import canonical_frames
from reader.script import Line
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from tests.api.services import service
from tests.pipeline.voices import Tone
from tests.sound import codec_of

WEBUI_HEADERS = {
    "Content-Type": "application/json",
    "Authorization": "Bearer sk-anything",
    "X-OpenWebUI-User-Name": "me",
    "X-OpenWebUI-User-Id": "0",
}


class Deaf(Tone):
    """A service that does not answer."""

    name = "edge"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        raise VoiceUnavailable("the service 「雲」 cannot be reached")


@pytest.mark.thorough
async def test_open_webui(client: httpx.AsyncClient) -> None:
    """Models, voices, then a chat, a sentence a request; the answer's body is kept as MP3."""
    models = (await client.get("/v1/audio/models")).raise_for_status().json()["models"]
    voices = (await client.get("/v1/audio/voices")).raise_for_status().json()["voices"]
    assert {"id": "tts-1", "name": "tts-1"} in models
    assert all(voice["id"] and voice["name"] for voice in voices)
    for piece in ("今天放晴。", "😀", "```", "—", "1. 帶傘"):
        wanted = {"input": piece, "model": models[0]["id"], "voice": voices[0]["id"]}
        answer = await client.post("/v1/audio/speech", json=wanted, headers=WEBUI_HEADERS)
        assert answer.status_code == 200, piece
        assert canonical_frames(answer.content) == answer.content != b""
    refused = await client.post("/v1/audio/speech", json=wanted | {"voice": "nobody"})
    assert "nobody" in refused.json()["error"]["message"]


async def test_home_assistant(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/v1/audio/voices")).raise_for_status().json()["voices"]
    wanted = {
        "model": "tts-1",
        "input": "門鈴響了。",
        "voice": listed[0]["id"],
        "response_format": "wav",
        "speed": 1.0,
        "instructions": None,
    }
    answer = await client.post("/v1/audio/speech", json=wanted)
    assert answer.status_code == 200
    assert answer.content[:4] + answer.content[8:12] == b"RIFFWAVE"
    # openai_tts of HACS: MP3 at once, Opus as a stream, and whatever its user adds for a server.
    for kind, head in (("mp3", b"\xff"), ("opus", b"OggS")):
        more = {"response_format": kind, "speed": 1, "stream": True, "lang_code": "z"}
        del wanted["instructions"]
        wanted |= more | {"instructions": "慢慢說"}
        answer = await client.post("/v1/audio/speech", json=wanted)
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-type"].startswith("audio/")
        assert answer.content.startswith(head)


@pytest.mark.parametrize(
    "changes",
    [
        {"model": None, "voice": None, "response_format": None, "speed": None},
        {"voice": {"id": "baker"}},
        {"voice": "Alloy", "response_format": "MP3"},
        {"voice": "BAKER", "stream_format": "Audio"},
        {"voice": "zh-TW-YunJheNeural"},
        {"voice": "auto"},
        {"speed": 0.25, "response_format": "mp3"},  # the ends of SillyTavern's slider
        {"speed": 4, "response_format": "mp3"},
    ],
)
async def test_shapes_of_other_clients(
    client: httpx.AsyncClient, changes: dict[str, object]
) -> None:
    answer = await client.post("/v1/audio/speech", json={"input": "放晴。"} | changes)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "audio/mpeg"
    assert answer.headers["x-tingwen-voice"]


async def test_why_another_voice_speaks(tmp_path: Path) -> None:
    from api.app import create_app
    from api.settings import Settings
    from tests.pipeline.voices import voices

    app = create_app(
        Settings(voice="tone", cache=str(tmp_path / "store")),
        voices(edge=Deaf(), baker=Tone()),
    )
    transport = httpx.ASGITransport(app, client=("127.0.0.1", 5000))
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client,
    ):
        wanted = {"input": "放晴。", "voice": "zh-TW-YunJheNeural"}
        for _ in range(2):  # while it is made, and from what is kept
            answer = await client.post("/v1/audio/speech", json=wanted)
            assert answer.status_code == 200
            assert answer.headers["x-tingwen-voice"] == Tone.name
            assert "「雲」 cannot be reached" in unquote(answer.headers["x-tingwen-voice-why"])
            assert answer.headers["x-tingwen-voice-why"].isascii()


async def test_a_body_that_is_not_said_to_be_json(client: httpx.AsyncClient) -> None:
    for path in ("/v1/audio/speech", "/v1/articles"):
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await client.post(path, content=b'{"input": "x"}', headers=form)
        assert answer.status_code == 422
        assert "send `Content-Type: application/json`" in answer.json()["detail"]


async def test_a_model(client: httpx.AsyncClient) -> None:
    assert (await client.get("/v1/models/tts-1")).json()["id"] == "tts-1"
    assert (await client.get("/v1/models/nosuch")).status_code == 404


async def test_only_voices_that_can_speak_are_offered() -> None:
    offered = usable_voices(Voices())
    names = {voice.name: name_for_people(voice) for voice in offered}
    assert names["edge:zh-TW-HsiaoChenNeural"] == "曉臻（女，台灣）"
    assert names["edge:zh-TW-YunJheNeural"] == "雲哲（男，台灣）"
    assert not any(name.startswith("openai:") for name in names), "there is no key"
    assert len(set(names.values())) == len(names)
    for voice in offered:
        assert resolve_voice(names[voice.name], Voices()) == voice.name
    assert resolve_voice("zh-tw-yunjheneural", Voices()) == "edge:zh-TW-YunJheNeural"
    assert resolve_voice("nobody", Voices()) == "nobody"


@pytest.fixture
async def article(client: httpx.AsyncClient) -> str:
    """The address of a finished article without a headline."""
    wanted = {"text": "台北今天放晴，各地氣溫回升。\n明天也是。", "voice": None, "rate": None}
    answer = await client.post("/v1/articles", json=wanted)
    address = answer.headers["location"]
    async with client.stream("GET", f"{address}/events") as events:
        async for _ in events.aiter_lines():
            continue
    return str(address)


async def test_a_title_from_the_first_line(client: httpx.AsyncClient, article: str) -> None:
    title = (await client.get(article)).json()["title"]
    assert title.startswith("台北今天放晴")
    page = (await client.get(f"/listen/{article.rpartition('/')[2]}")).text
    assert title in page
    header = (await client.head(f"{article}/audio.mp3")).headers["content-disposition"]
    assert re.search(r'filename="[ -~]+\.mp3"', header)
    assert header.isascii() and "台北今天放晴" in unquote(header)


async def test_captions_in_other_forms(client: httpx.AsyncClient, article: str) -> None:
    srt = await client.get(f"{article}/captions.srt")
    assert srt.text.startswith("1\n00:00:")
    transcript = (await client.get(f"{article}/captions.json")).json()
    assert transcript["segments"][0]["body"].startswith("台北")


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "codec"), [("wav", "pcm_s16le"), ("m4a", "aac")])
async def test_the_sound_in_other_formats(
    client: httpx.AsyncClient, article: str, tmp_path: Path, kind: str, codec: str
) -> None:
    answer = await client.get(f"{article}/audio.{kind}")
    assert answer.status_code == 200
    (tmp_path / f"a.{kind}").write_bytes(answer.content)
    assert codec_of(tmp_path / f"a.{kind}") == codec
    part = await client.get(f"{article}/audio.{kind}", headers={"Range": "bytes=0-9"})
    assert part.status_code == 206 and len(part.content) == 10
    assert (await client.get(f"{article}/audio.midi")).status_code == 422


async def test_not_before_it_is_ready(tmp_path: Path) -> None:
    async with service(tmp_path, Deaf()) as client:
        answer = await client.post("/v1/articles", json={"text": "放晴。", "voice": "baker"})
        address = answer.headers["location"]
        for name in ("captions.srt", "captions.json", "audio.wav"):
            assert (await client.get(f"{address}/{name}")).status_code == 404

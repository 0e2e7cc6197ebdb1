"""What a client may ask for: voices that the operator listed, and no more text than he takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.voice_names import require_offered
from reader.errors import UnknownVoice
from reader.voices import Voices
from tests.api.services import service
from tests.openai_server import Answer, OpenAIServer


@pytest.fixture
def paid(monkeypatch: pytest.MonkeyPatch) -> Voices:
    monkeypatch.setenv("TINGWEN_OPENAI_API_KEY", "key")
    monkeypatch.setenv("TINGWEN_OPENAI_VOICES", "nova tts-1-hd/sage")
    return Voices()


@pytest.mark.parametrize(
    "name",
    [
        "openai",
        "openai:gpt-4o-mini-tts/alloy",
        "openai:alloy",
        "openai:nova",
        "",
        "auto",
        "edge",
        "openai:tts-1-hd/sage",
        "baker",
        "edge:zh-TW-HsiaoChenNeural",
        "edge:zh-TW-NewNeural",
        "kokoro:zf_xiaobei",
    ],
)
def test_what_is_listed_may_be_asked_for(paid: Voices, name: str) -> None:
    require_offered(name, paid)


@pytest.mark.parametrize(
    "name",
    [
        "openai:tts-1-hd/alloy",
        "openai:tts-1-hd/nova",
        "openai:gpt-5-tts/alloy",
        "openai:echo",
        "openai:sage",
        "openai:/alloy",
        "openai:a/b/c",
        "openai: nova",
        "kokoro:xx_nobody",
    ],
)
def test_what_is_not_listed_costs_the_operator_nothing(paid: Voices, name: str) -> None:
    with pytest.raises(UnknownVoice):
        require_offered(name, paid)


async def test_no_request_reaches_a_paid_service_for_a_voice_that_is_not_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with OpenAIServer(Answer.WAV) as server:
        monkeypatch.setenv("TINGWEN_OPENAI_BASE_URL", server.base_url)
        async with service(tmp_path) as client:
            for path, body in (
                ("/v1/articles", {"text": "台北今天放晴。", "voice": "openai:costly/any"}),
                ("/v1/audio/speech", {"input": "台北今天放晴。", "voice": "openai:costly/any"}),
            ):
                answer = await client.post(path, json=body)
                assert answer.status_code == 422, answer.text
                assert answer.json()["kind"] == "voice-not-offered"
        assert server.bodies == []


async def test_a_speech_has_the_limit_of_articles(tmp_path: Path) -> None:
    async with service(tmp_path, max_article_chars=100) as client:
        for path, name in (("/v1/articles", "text"), ("/v1/audio/speech", "input")):
            ok = await client.post(path, json={name: "天" * 90})
            assert ok.status_code in (200, 201), ok.text
            answer = await client.post(path, json={name: "天" * 270})
            assert answer.status_code == 422, path
        assert answer.json()["facts"] == {"n_chars": 270, "most": 100}


async def test_a_store_that_fails_tells_no_path(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        folder = tmp_path / "store"
        for path in sorted(folder.rglob("*"), reverse=True):
            path.unlink() if path.is_file() else path.rmdir()
        folder.rmdir()
        folder.write_text("no folder")
        for method, path, body in (
            ("GET", "/readyz", None),
            ("POST", "/v1/articles", {"text": "台北今天放晴。"}),
        ):
            answer = await client.request(method, path, json=body)
            assert answer.status_code == 503, answer.text
            assert str(tmp_path) not in answer.text, path


def test_the_settings_of_a_service_say_which_voices_are_listed(paid: Voices) -> None:
    listed = [voice.name for voice in paid.catalogue() if voice.name.startswith("openai:")]
    assert listed == [
        "openai:gpt-4o-mini-tts/alloy",
        "openai:gpt-4o-mini-tts/nova",
        "openai:tts-1-hd/sage",
    ]

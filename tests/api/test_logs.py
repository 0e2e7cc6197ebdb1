"""Logs: fields, ids, no article, no secret, and one line a record whatever is sent."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api import logs
from api.app import create_app
from api.middleware.api_keys import new_key
from api.settings import Settings
from reader.errors import VoiceRefused
from tests.api.services import service
from tests.pipeline.voices import Tone, voices
from tests.server import serving

SECRET, KEY = new_key("newsroom", ("speak", "read"))
ARTICLE = {"text": "台北今天放晴\n\n獨一無二的句子，各地氣溫回升。"}
HOSTILE = 'a\nINFO forged\r\n{"event": "forged"}\x1b[31m\u2028\u202eb\x00\ud800'


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """The pipe is the process's own: other tests get theirs back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    error_log = logging.getLogger("uvicorn.error")
    filters = error_log.filters[:]
    yield
    root.handlers[:], error_log.filters[:] = handlers, filters
    root.setLevel(level)
    logging.captureWarnings(False)


class Said:
    """What went to standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys
        self._text = ""

    def getvalue(self) -> str:
        self._text += self._capsys.readouterr().err
        return self._text


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


def events(said: Said) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.getvalue().splitlines()]


def json_logs(**chosen: Any) -> None:
    logs.set_up(Settings(log_format="json", **chosen))


async def test_a_request_is_one_event_with_its_ids(tmp_path: Path, said: Said) -> None:
    json_logs()
    async with service(tmp_path, api_keys=str(KEY)) as client:
        headers = {"Authorization": f"Bearer {SECRET}", "X-Request-ID": "from-the-client-1"}
        made = await client.post("/v1/articles", json=ARTICLE, headers=headers)
        assert made.headers["x-request-id"] == "from-the-client-1"
        unknown = await client.get(f"/v1/articles/{'0' * 32}")
        assert re.fullmatch("[0-9a-f]{16}", unknown.headers["x-request-id"])
        assert unknown.json()["request_id"] == unknown.headers["x-request-id"]
        await client.get("/healthz")
        await client.get(f"/v1/articles/{made.json()['id']}/events")
    (narration,) = [e for e in events(said) if e["event"] == "narration"]
    assert narration["article_id"] == made.json()["id"]
    assert (narration["status"], narration["request_id"]) == ("ready", "from-the-client-1")
    post, get = [e for e in events(said) if e["event"] == "request"]
    assert (post["request_id"], post["key"], post["status"]) == (
        "from-the-client-1",
        "newsroom",
        201,
    )
    assert (post["method"], post["path"], post["client"]) == ("POST", "/v1/articles", "127.0.0.1")
    assert post["article_id"] == made.json()["id"]
    assert (get["article_id"], get["status"]) == ("0" * 32, 404)
    assert SECRET not in said.getvalue()
    assert "獨一無二" not in said.getvalue()


@pytest.mark.parametrize(
    "given_id", ["short", "a b c d e f g h", "x" * 65, "<script>alert(1)", "é" * 9]
)
async def test_an_id_that_is_not_sane_is_not_taken(tmp_path: Path, given_id: str) -> None:
    async with service(tmp_path) as client:
        headers = {"X-Request-ID": given_id.encode()}
        answer = await client.get("/healthz", headers=headers)  # type: ignore[arg-type]
        assert re.fullmatch("[0-9a-f]{16}", answer.headers["x-request-id"])


@pytest.mark.parametrize("with_text", [False, True])
async def test_errors_tell_their_kind_and_no_sentence(
    tmp_path: Path, said: Said, with_text: bool
) -> None:
    json_logs(log_text=with_text)

    class Mistaken(Tone):
        async def speak(self, line: Any, prosody: Any) -> Any:  # noqa: ARG002
            raise RuntimeError(f"cannot say {line.spoken}")

    async with service(tmp_path, Mistaken()) as client:
        made = (await client.post("/v1/articles", json=ARTICLE)).json()
        assert "獨一無二" in str(made)
        await client.get(f"/v1/articles/{made['id']}/events")
    (failure,) = [e for e in events(said) if "exception" in e]
    assert failure["level"] == "error"
    assert "RuntimeError" in failure["exception"]
    assert "test_logs.py:" in failure["exception"]
    assert ("cannot say" in said.getvalue()) is with_text


async def test_a_stream_that_breaks_is_told_once_and_shortly(tmp_path: Path, said: Said) -> None:
    json_logs()

    class Breaks(Tone):
        """Speaks one sentence, and fails at the next when it is let go."""

        def __init__(self) -> None:
            self.go, self.n_said = asyncio.Event(), 0

        async def speak(self, line: Any, prosody: Any) -> Any:
            self.n_said += 1
            if self.n_said > 1:
                await self.go.wait()
                raise VoiceRefused(f"cannot say {line.spoken}")
            return await super().speak(line, prosody)

    voice = Breaks()
    with serving(
        create_app(Settings(voice="tone", cache=str(tmp_path)), voices(tone=voice, baker=voice))
    ) as (url, _):
        async with httpx.AsyncClient(base_url=url) as client:
            body = {"text": "台北今天放晴\n\n第二句，獨一無二。"}
            made = (await client.post("/v1/articles", json=body)).json()
            with pytest.raises(httpx.RemoteProtocolError):
                async with client.stream("GET", made["audio_url"]) as audio:
                    async for _ in audio.aiter_raw():
                        voice.go.set()
    (told,) = [e for e in events(said) if e["event"] == "stream broken off"]
    assert told["error"] in ("VoiceRefused", "Restarted")  # where another voice takes over
    assert not [e for e in events(said) if "exception" in e]
    assert "獨一無二" not in said.getvalue()


@pytest.mark.parametrize("style", ["json", "console"])
def test_nothing_forges_a_line(said: Said, style: str) -> None:
    logs.set_up(Settings(log_format=style))
    log = logging.getLogger("tingwen.http")
    log.info(HOSTILE)
    log.info("%s", HOSTILE)
    log.info("fields", extra={"path": HOSTILE, "error": ValueError(HOSTILE), HOSTILE[:3]: 1})
    logging.getLogger("uvicorn.error").warning("Invalid %r", HOSTILE)
    logging.getLogger("somebody.else").error(HOSTILE, extra={"x": [HOSTILE], "y": {"z": HOSTILE}})
    assert len(said.getvalue().split("\n")) == 5 + 1
    for character in "\r\x1b\u2028\u202e\x00\ud800":
        assert character not in said.getvalue()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()), st.text(st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_any_text_is_one_line_of_json(text: str, hostile: str) -> None:
    clean = logs.Clean([], with_text=True)
    event = clean(None, "", {"event": text + hostile, "error": ValueError(hostile), hostile: text})
    line = json.dumps(event, ensure_ascii=False)
    assert len(line.splitlines()) == 1
    assert line.encode("utf-8")


def test_the_traceback_of_an_error_cannot_forge_a_line(said: Said) -> None:
    logs.set_up(Settings(log_format="console", log_text=True))
    try:
        try:
            raise ValueError(HOSTILE)
        except ValueError as error:
            raise VoiceRefused(HOSTILE) from error
    except VoiceRefused:
        logging.getLogger("tingwen").exception("failed")
    lines = said.getvalue().splitlines()
    assert "failed" in lines[0]
    assert all(line.startswith("  ") for line in lines[1:])


def test_secrets_are_hidden_wherever_they_come_from(
    said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_OPENAI_API_KEY", "hush-openai")
    json_logs(
        webhooks=("https://hooks.example/services/T000/B000/hush-token",),
        webhook_secret="hush-webhook",
        rate_store="redis://user:hush-redis@127.0.0.1/0",
    )
    log = logging.getLogger("tingwen.webhooks")
    for secret in ("hush-webhook", "hush-openai", "redis://user:hush-redis@h/0"):
        log.warning("sent to %s", secret, extra={"url": f"x{secret}y"})
    log.warning("%s took no webhook", "https://hooks.example/services/T000/B000/hush-token")
    try:
        raise ValueError("hush-webhook")
    except ValueError:
        log.exception("failed with hush-webhook")
    assert "hush" not in said.getvalue()
    assert len(events(said)) == 5


def test_what_libraries_say_in_passing_is_left_out(said: Said) -> None:
    json_logs(log_level="debug")
    logging.getLogger("httpx").info("HTTP Request: GET https://a.example/?token=hush")
    logging.getLogger("tingwen").debug("ours")
    assert [e["event"] for e in events(said)] == ["ours"]

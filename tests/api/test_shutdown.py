"""SIGTERM: what runs is finished or handed back, and what comes is sent elsewhere."""

from __future__ import annotations

import asyncio
import json
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest

from tests.api.processes import Serving, serving
from tests.api.services import service as service_on
from tests.pipeline.voices import Counted, baker

pytestmark = pytest.mark.usefixtures("embedded_voice")


def article_of(n_sentences: int) -> str:
    each = (f"第{n}則消息，今天各地放晴，氣溫回升到{n}度。" for n in range(n_sentences))
    return "台北今天放晴\n\n" + "".join(each)


SHORT = "高雄今天下雨\n\n氣象署表示，各地有短暫陣雨，請記得帶傘。"


def ask(service: Serving, text: str) -> str:
    answer = httpx.post(f"{service.url}/v1/articles", json={"text": text, "voice": "baker"})
    answer.raise_for_status()
    return f"{service.url}{answer.headers['location']}"


def wait_for_some(article: str, n_spoken: int) -> None:
    """Return when so many sentences are spoken."""
    with httpx.stream("GET", f"{article}/events", timeout=60) as events:
        n_seen = 0
        for line in events.iter_lines():
            n_seen += line == "event: utterance"
            if n_seen >= n_spoken:
                return


@pytest.mark.thorough
def test_what_runs_is_finished_and_what_comes_is_refused(tmp_path: Path) -> None:
    text = article_of(30)  # a quick machine speaks ten before it is asked the first question
    with serving(tmp_path, grace_s="180", log_format="json") as service:
        article = ask(service, text)
        got = bytearray()

        def listen() -> None:
            with httpx.stream("GET", f"{article}/audio.mp3", timeout=120) as audio:
                for piece in audio.iter_bytes():
                    got.extend(piece)

        listener = threading.Thread(target=listen)
        listener.start()
        wait_for_some(article, 2)
        service.signal()
        deadline = time.monotonic() + 20
        while (ready := httpx.get(f"{service.url}/readyz")).status_code == 200:
            assert time.monotonic() < deadline
        assert ready.status_code == 503
        refused = httpx.post(f"{service.url}/v1/articles", json={"text": SHORT})
        assert refused.status_code == 503
        assert int(refused.headers["retry-after"]) > 0
        assert refused.json()["type"] == "urn:tingwen:problem:unavailable"
        assert httpx.get(f"{service.url}/healthz").status_code == 200
        assert httpx.get(article).status_code == 200, "reading goes on"
        listener.join()
        assert service.process.wait(180) == 0
        told = [json.loads(line) for line in service.log().splitlines()]
        assert {"uvicorn.error", "tingwen.http", "tingwen.server"} <= {e["logger"] for e in told}
    _, whole, _ = asyncio.run(asked_again(tmp_path, text, baker()))
    assert bytes(got) in whole, "the listener heard it to the end"
    assert len(got) > len(whole) * 0.9


@pytest.mark.thorough
def test_what_cannot_be_finished_is_resumed_by_the_next(tmp_path: Path) -> None:
    text = article_of(16)
    with serving(tmp_path, grace_s="0") as service:
        wait_for_some(ask(service, text), 2)
        service.signal()
        assert service.process.wait(30) == 0
        assert "what is spoken stays in the cache" in service.log()
    voice = baker()
    status, whole, metrics = asyncio.run(asked_again(tmp_path, text, voice))
    assert status in ("pending", "speaking")
    assert whole
    assert 0 < len(voice.said) <= 17 - 2
    assert f'{{result="miss",what="clip"}} {len(voice.said)}.0' in metrics


async def asked_again(folder: Path, text: str, voice: Counted) -> tuple[str, bytes, str]:
    """How the next service on the same store answers, what it has to be heard, and its counts."""
    async with service_on(folder, voice) as client:
        answer = await client.post("/v1/articles", json={"text": text, "voice": "baker"})
        events = await client.get(f"{answer.headers['location']}/events")
        assert "event: ready" in events.text
        audio = await client.get(answer.json()["audio_url"])
        return answer.json()["status"], audio.content, (await client.get("/metrics")).text


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nothing_to_finish_is_finished_at_once(tmp_path: Path, number: signal.Signals) -> None:
    with serving(tmp_path, grace_s="60") as service:
        service.signal(number)
        assert service.process.wait(20) == 0


@pytest.mark.slow
def test_a_second_signal_ends_at_once(tmp_path: Path) -> None:
    with serving(tmp_path, grace_s="60") as service:
        wait_for_some(ask(service, article_of(24)), 1)
        service.signal()
        while httpx.get(f"{service.url}/readyz").status_code == 200:
            time.sleep(0.02)
        service.signal()
        assert service.process.wait(20) in (-signal.SIGTERM, 0)

"""Webhooks, before a receiver on this machine and the specification's own verifier."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from aiohttp import web
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tenacity import wait_none

from api import service as service_module
from api.app import create_app
from api.settings import Settings
from api.work import webhooks as webhooks_module
from api.work.webhooks import Webhooks
from audio_cache import Cache
from reader.errors import BadOptions
from tests.local_server import LocalServer, hang
from tests.pipeline.voices import FailsAt, Tone, voices
from tests.podcast.test_served import client_of, narrate

SECRET = "whsec_c2VjcmV0IG9mIHRoZSBzbG93IHRyYWluIHJhZGlv"
ARTICLE = {"text": "台北今天放晴，各地氣溫回升，民眾出門踏青。", "title": "列車的新聞"}


class Receiver(LocalServer):
    """Takes webhooks; `answer` decides the status of the n-th, None lets it wait for ever."""

    def __init__(self, answer: Callable[[int], int | None]) -> None:
        super().__init__()
        self.answer = answer
        self.got: list[tuple[dict[str, str], bytes]] = []

    def routes(self) -> list[web.AbstractRouteDef]:
        return [web.post("/hook", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.got.append(({k.lower(): v for k, v in request.headers.items()}, body))
        status = self.answer(len(self.got))
        if status is None:
            await hang(request)
        return web.Response(status=status or 500)

    async def wait_for(self, n: int) -> None:
        async with asyncio.timeout(30):
            while len(self.got) < n:  # noqa: ASYNC110 (another thread's)
                await asyncio.sleep(0.02)


@asynccontextmanager
async def service(
    receiver: Receiver, cache: Path, monkeypatch: pytest.MonkeyPatch, *, fails: bool = False
) -> AsyncIterator[httpx.AsyncClient]:
    """A service that tells the receiver, without pauses between its tries."""
    monkeypatch.setattr(
        service_module, "Webhooks", lambda settings, cache: Webhooks(settings, cache, wait_none())
    )
    voice = FailsAt(Tone()) if fails else Tone()
    settings = Settings(
        voice="tone", cache=str(cache), base_url="https://news.example",
        webhooks=(f"{receiver.origin}/hook?token=hush",), webhook_secret=SECRET,
    )  # fmt: skip
    app = create_app(settings, voices(tone=voice, baker=voice))
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


@pytest.mark.parametrize("fails", [False, True])
async def test_they_are_signed_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    with Receiver(lambda n: (503, 302, 204)[n - 1]) as receiver:
        async with service(receiver, tmp_path, monkeypatch, fails=fails) as client:
            article_id = await narrate(client, "列車的新聞")
            await receiver.wait_for(3)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 1, "one message"
    judge = Webhook(SECRET)
    events = [judge.verify(body, headers) for headers, body in receiver.got]
    assert events[0] == events[1] == events[2]
    event = events[0]
    assert event["type"] == ("narration.failed" if fails else "narration.ready")
    assert abs(datetime.fromisoformat(event["timestamp"]).timestamp() - time.time()) < 60
    assert event["data"]["id"] == article_id
    assert event["data"]["url"] == f"https://news.example/v1/articles/{article_id}"
    assert ("problem" in event["data"]) is fails
    assert ("audio_url" in event["data"]) is not fails


async def test_what_is_changed_or_sent_again_later_does_not_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver(lambda _: 204) as receiver:
        async with service(receiver, tmp_path, monkeypatch) as client:
            await narrate(client, "列車的新聞")
            await receiver.wait_for(1)
    ((headers, body),) = receiver.got
    judge = Webhook(SECRET)
    judge.verify(body, headers)
    moment = int(headers["webhook-timestamp"])
    later = {**headers, "webhook-timestamp": str(moment + 60)}
    forged = body.replace(b"narration.ready", b"narration.other")
    for changed in (
        (forged, headers), (body, later), (body, {**headers, "webhook-id": "msg_other"}),
    ):  # fmt: skip
        with pytest.raises(WebhookVerificationError, match="No matching signature"):
            judge.verify(*changed)
    with pytest.raises(WebhookVerificationError, match="No matching signature"):
        Webhook("whsec_b3RoZXI=").verify(body, headers)
    monkeypatch.setattr(
        "standardwebhooks.webhooks.datetime", _Clock(moment + 6 * 60)
    )  # what was caught and is sent again six minutes later is old
    with pytest.raises(WebhookVerificationError, match="too old"):
        judge.verify(body, headers)


class _Clock:
    """`datetime`, at a moment of our choice."""

    fromtimestamp = datetime.fromtimestamp

    def __init__(self, moment: float) -> None:
        self._moment = moment

    def now(self, tz: object) -> datetime:
        return datetime.fromtimestamp(self._moment, tz)  # type: ignore[arg-type]


async def test_twenty_who_ask_are_one_event_and_a_known_article_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Receiver(lambda _: 204) as receiver:
        async with service(receiver, tmp_path, monkeypatch) as client:
            asked = (client.post("/v1/articles", json=ARTICLE) for _ in range(20))
            assert len({answer.json()["id"] for answer in await asyncio.gather(*asked)}) == 1
            await receiver.wait_for(1)
            again = await client.post("/v1/articles", json=ARTICLE)
            assert again.status_code == 200
            await narrate(client, "另一則新聞")
            await receiver.wait_for(2)
    titles = [json.loads(body)["data"]["title"] for _, body in receiver.got]
    assert titles == ["列車的新聞", "另一則新聞"]


async def test_two_services_tell_the_same_message_and_each_failure_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = []
    with Receiver(lambda _: 204) as receiver:
        for n, fails in enumerate((False, False, True, True)):
            cache = tmp_path / str(n)
            async with service(receiver, cache, monkeypatch, fails=fails) as client:
                await narrate(client, "列車的新聞")
                await receiver.wait_for(n + 1)
        ids = [headers["webhook-id"] for headers, _ in receiver.got]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3


async def test_a_receiver_that_wants_no_more_is_left_alone_and_one_that_fails_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "tingwen.webhooks")
    for status, n_tries in ((410, 1), (500, webhooks_module._ATTEMPTS)):
        caplog.clear()
        with Receiver(lambda _, status=status: status) as receiver:
            async with service(receiver, tmp_path / str(status), monkeypatch) as client:
                await narrate(client, "列車的新聞")
                async with asyncio.timeout(30):
                    while not caplog.messages:  # noqa: ASYNC110 (what is logged wakes nobody)
                        await asyncio.sleep(0.02)
        assert len(receiver.got) == n_tries
        (message,) = caplog.messages
        assert receiver.got[0][0]["webhook-id"] in message
        assert f"127.0.0.1: <Response [{status} " in message
        assert "hush" not in message


async def test_a_receiver_that_hangs_holds_up_neither_a_narration_nor_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(webhooks_module, "_GRACE_S", 0.1)
    with Receiver(lambda _: None) as receiver:
        async with service(receiver, tmp_path, monkeypatch) as client:
            await narrate(client, "列車的新聞")
            await receiver.wait_for(1)
            assert (await client.post("/v1/articles", json=ARTICLE)).status_code in (200, 201)
    assert any("not delivered before the service ended" in text for text in caplog.messages)


def test_a_plain_secret_signs_as_its_bytes() -> None:
    key = webhooks_module.key_of("a secret of thirty-two characters")
    signed = webhooks_module.signature(key, "msg_1", str(int(time.time())), b"{}")
    headers = {
        "webhook-id": "msg_1", "webhook-timestamp": str(int(time.time())),
        "webhook-signature": signed,
    }  # fmt: skip
    assert Webhook(b"a secret of thirty-two characters").verify(b"{}", headers) == {}


@pytest.mark.parametrize(
    ("url", "secret", "hint"),
    [
        ("https://a.example/hook", "", "SECRET"),
        ("a.example/hook", "x", "http"),
        ("ftp://a.example/hook", "x", "http"),
        ("https://a.example/hook", "whsec_***", "base64"),
        ("https://a.example/hook", "whsec_", "0 bytes"),
        ("https://a.example/hook", "whsec_YQ==", "1 bytes"),
        ("https://a.example/hook", "short", "5 bytes"),
    ],
)
def test_what_cannot_work_is_refused_at_the_start(
    monkeypatch: pytest.MonkeyPatch, url: str, secret: str, hint: str
) -> None:
    monkeypatch.setenv("TINGWEN_WEBHOOKS", url)
    monkeypatch.setenv("TINGWEN_WEBHOOK_SECRET", secret)
    with pytest.raises(BadOptions, match=hint):
        Webhooks(Settings.from_environment(), Cache.open("memory://"))


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


async def test_what_was_not_delivered_is_when_the_service_starts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks_module, "_GRACE_S", 0.1)
    with Receiver(lambda _: None) as receiver:
        async with service(receiver, tmp_path, monkeypatch) as client:
            await narrate(client, "列車的新聞")
            await receiver.wait_for(1)
        n_before = len(receiver.got)
        receiver.answer = lambda _: 204
        async with service(receiver, tmp_path, monkeypatch):
            await receiver.wait_for(n_before + 1)
        async with service(receiver, tmp_path, monkeypatch) as client:
            await narrate(client, "另一則新聞")
            await receiver.wait_for(n_before + 2)
    first, again, other = (json.loads(body)["data"]["title"] for _, body in receiver.got)
    assert first == again == "列車的新聞"
    assert other == "另一則新聞", "what was taken is not sent again"
    assert receiver.got[0][0]["webhook-id"] == receiver.got[1][0]["webhook-id"]
    assert b"hush" not in everything_in(tmp_path), "the receiver's token"


async def test_what_is_kept_for_a_receiver_that_is_gone_is_given_up_loudly(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(webhooks_module, "_GRACE_S", 0.1)
    with Receiver(lambda _: None) as receiver:
        async with service(receiver, tmp_path, monkeypatch) as client:
            await narrate(client, "列車的新聞")
            await receiver.wait_for(1)
    with Receiver(lambda _: 204) as another:
        for n_told in (1, 1):
            async with service(another, tmp_path, monkeypatch):
                told = [record for record in caplog.records if record.levelname == "ERROR"]
                assert len(told) == n_told
        assert another.got == []
    assert "given up" in told[0].getMessage()

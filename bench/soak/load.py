"""What is asked of the service at the same time: each of these runs to the end, at its pace.

Bounded in number and time, and only to 127.0.0.1.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import httpx

TIMEOUT_S: Final = 60.0
PLACES: Final = ("台北", "新竹", "台中", "嘉義", "台南", "高雄", "花蓮", "台東", "宜蘭", "澎湖")
FACTS: Final = (
    "今天{place}放晴，氣溫回升到{n}度。",
    "{place}市政府宣布，明年將增加{n}座公園。",
    "警方在{place}查獲{n}件走私案，全案移送地檢署偵辦。",
    "{place}的夜市昨天湧入{n}萬人，攤商都很開心。",
    "專家指出，{place}的房價一年來上漲{n}％。",
)
SLOW_BYTES_A_SECOND: Final = 6_000
"""A player at 48 kbit/s."""


@dataclass
class Seen:
    """What was answered."""

    statuses: Counter[str] = field(default_factory=Counter)
    unexpected: list[str] = field(default_factory=list)

    def note(self, what: str, status: int, meant: tuple[int, ...]) -> None:
        self.statuses[f"{what} {status}"] += 1
        if status not in meant and len(self.unexpected) < 50:
            self.unexpected.append(f"{what}: {status}")


class Load:
    """Everything at once, until the time is over."""

    def __init__(self, url: str, article: str, key: str, seed: int = 0) -> None:
        self._url = url
        self._article = article
        self._bearer = f"Bearer {key}"
        self._random = random.Random(seed)
        self._client = httpx.AsyncClient(
            base_url=url,
            timeout=TIMEOUT_S,
            trust_env=False,
            headers={"Authorization": self._bearer},
        )
        self.seen = Seen()

    async def run(self, seconds: float) -> None:
        """Every kind of client at its own pace."""
        paces: tuple[tuple[Callable[[], Awaitable[None]], int, float], ...] = (
            (self.cold, 1, 3.0),
            (self.speech, 1, 7.0),
            (self.known, 2, 0.5),
            (self.slow, 3, 0.2),
            (self.leaves, 2, 0.4),
            (self.bad, 2, 0.3),
            (self.fuzz, 2, 0.3),
            (self.probes, 1, 2.0),
            (self.withdraws, 1, 20.0),
            (self.strangers, 1, 0.5),
        )
        until = asyncio.get_running_loop().time() + seconds
        async with asyncio.TaskGroup() as group:
            for act, n_clients, pause_s in paces:
                for _ in range(n_clients):
                    group.create_task(self._repeat(act, pause_s, until))
        await self._client.aclose()

    async def _repeat(
        self, act: Callable[[], Awaitable[None]], pause_s: float, until: float
    ) -> None:
        while asyncio.get_running_loop().time() < until:
            try:
                await act()
            except (httpx.HTTPError, OSError) as error:
                self.seen.unexpected.append(f"{act.__name__}: {type(error).__name__} {error}")
            await asyncio.sleep(pause_s * self._random.uniform(0.5, 1.5))

    def _text(self, n_sentences: int) -> str:
        lines = [
            self._random.choice(FACTS).format(
                place=self._random.choice(PLACES), n=self._random.randrange(2, 9999)
            )
            for _ in range(n_sentences)
        ]
        return f"{self._random.choice(PLACES)}的新聞\n\n" + "\n\n".join(lines)

    async def cold(self) -> None:
        """A new article, heard while it is spoken; then its captions."""
        body = {"text": self._text(self._random.randrange(2, 5)), "voice": "baker"}
        made = await self._client.post("/v1/articles", json=body)
        self.seen.note("new article", made.status_code, (200, 201, 429))
        if not made.is_success:  # on a busy machine those who left early have much in the making
            return
        article = made.headers["location"]
        async with self._client.stream("GET", f"{article}/audio.mp3") as audio:
            n_bytes = sum([len(piece) async for piece in audio.aiter_raw()])
            self.seen.note("live audio", audio.status_code, (200,))
        if not n_bytes:
            self.seen.unexpected.append("live audio: not a byte")
        events = await self._client.get(f"{article}/events")
        if "event: ready" not in events.text:
            self.seen.unexpected.append(f"events: {events.text[-200:]}")
        captions = await self._client.get(f"{article}/captions.vtt")
        self.seen.note("new captions", captions.status_code, (200,))

    async def speech(self) -> None:
        """The OpenAI speech API in some format."""
        kind = self._random.choice(("mp3", "wav", "pcm", "flac"))
        body = {"model": "tts-1", "input": self._text(1), "voice": "baker", "response_format": kind}
        answer = await self._client.post("/v1/audio/speech", json=body)
        self.seen.note(f"speech {kind}", answer.status_code, (200,))

    async def known(self) -> None:
        """An article that is there, asked for again; the feed; what it would say."""
        feed = await self._client.get("/feed.xml", params={"limit": 5})
        self.seen.note("feed", feed.status_code, (200,))
        script = await self._client.post("/v1/scripts", json={"text": self._text(3)})
        self.seen.note("script", script.status_code, (200,))
        events = await self._client.get(f"{self._article}/events")
        self.seen.note("events", events.status_code, (200,))

    async def slow(self) -> None:
        """A player that takes no more than it plays."""
        async with self._client.stream("GET", f"{self._article}/audio.mp3") as audio:
            self.seen.note("slow audio", audio.status_code, (200,))
            n_left = 60_000
            async for piece in audio.aiter_raw(SLOW_BYTES_A_SECOND // 4):
                await asyncio.sleep(0.25)
                n_left -= len(piece)
                if n_left <= 0:
                    return

    async def leaves(self) -> None:
        """Hangs up: in an answer, in a request, in a stream that is being spoken."""
        how = self._random.randrange(3)
        if how == 0:
            request = f"GET {self._article}/audio.mp3 HTTP/1.1\r\nHost: a\r\n\r\n".encode()
        elif how == 1:
            head = "POST /v1/articles HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            head += f"Authorization: {self._bearer}\r\n"
            request = f'{head}Content-Length: 900000\r\n\r\n{{"text": "今天'.encode()
        else:
            body = {"model": "tts-1", "input": self._text(1), "voice": "baker"}
            data = json.dumps(body).encode()
            head = "POST /v1/audio/speech HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
            head += f"Authorization: {self._bearer}\r\n"
            request = f"{head}Content-Length: {len(data)}\r\n\r\n".encode() + data
        await self._raw(request, n_read=2000)
        self.seen.statuses["hung up"] += 1

    async def bad(self) -> None:
        """What must be refused, and how."""
        method, path, body, meant = self._random.choice(BAD)
        headers = {"Content-Type": "application/json"}
        answer = await self._client.request(method, path, content=body, headers=headers)
        self.seen.note(f"bad {path}", answer.status_code, meant)

    async def fuzz(self) -> None:
        """Random bytes: as a body, as a path, as anything but HTTP."""
        how, noise = self._random.randrange(3), self._random.randbytes(self._random.randrange(5000))
        if how == 0:
            path = self._random.choice(("/v1/articles", "/v1/scripts", "/v1/audio/speech"))
            headers = {"Content-Type": "application/json"}
            answer = await self._client.post(path, content=noise, headers=headers)
            self.seen.note("noise as JSON", answer.status_code, (400, 422))
        elif how == 1:
            path = "/" + noise[:200].hex()
            answer = await self._client.get(path)
            self.seen.note("noise as a path", answer.status_code, (404,))
        else:
            await self._raw(noise, n_read=2000)
            self.seen.statuses["noise instead of HTTP"] += 1

    async def probes(self) -> None:
        """What an operator's machines ask."""
        for path in ("/healthz", "/readyz", "/metrics"):
            answer = await self._client.get(path)
            self.seen.note(path, answer.status_code, (200,))

    async def withdraws(self) -> None:
        """An article that is made, heard, listed and withdrawn, and asked for again."""
        body = {"text": self._text(2), "voice": "baker", "listed": True}
        made = await self._client.post("/v1/articles", json=body)
        self.seen.note("to withdraw", made.status_code, (201, 429))
        if not made.is_success:
            return
        article = made.headers["location"]
        await self._client.get(f"{article}/events")
        listed = await self._client.get("/v1/articles", params={"limit": 5})
        self.seen.note("list", listed.status_code, (200,))
        self.seen.note("withdraw", (await self._client.delete(article)).status_code, (204,))
        for path in (article, f"{article}/audio.mp3", f"{article}/captions.vtt"):
            self.seen.note("withdrawn", (await self._client.get(path)).status_code, (410,))
        again = await self._client.post("/v1/articles", json=body)
        self.seen.note("withdrawn", again.status_code, (410,))

    async def strangers(self) -> None:
        """Without a key, with a wrong one, from a page of another site, too often."""
        body = {"text": "今天放晴。"}
        for headers, meant in STRANGERS:
            sent = {"Authorization": self._bearer} | headers
            if headers.get("Authorization") == "":
                del sent["Authorization"]
            async with httpx.AsyncClient(base_url=self._url, trust_env=False) as stranger:
                answer = await stranger.post("/v1/scripts", json=body, headers=sent)
            self.seen.note("stranger", answer.status_code, meant)
        async with httpx.AsyncClient(base_url=self._url, trust_env=False) as stranger:
            answer = await stranger.get("/feed.xml?q=a")
        self.seen.note("greedy stranger", answer.status_code, (200, 429))

    async def _raw(self, request: bytes, n_read: int) -> None:
        """Send, read a little, hang up."""
        parts = urlsplit(self._url)
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        with suppress(OSError, TimeoutError):
            writer.write(request)
            await writer.drain()
            async with asyncio.timeout(0.5):
                await reader.read(n_read)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


EVIL: Final = "https://evil.example"
SITE: Final = "https://news.example"
"""Of the operator, whose pages may ask for work."""
STRANGERS: Final[tuple[tuple[dict[str, str], tuple[int, ...]], ...]] = (
    ({"Authorization": ""}, (401,)),
    ({"Authorization": "Bearer tw_guessed"}, (401,)),
    ({"Origin": EVIL, "Sec-Fetch-Site": "cross-site"}, (403,)),
    ({"Origin": SITE, "Sec-Fetch-Site": "cross-site"}, (200,)),
)
BAD: Final[tuple[tuple[str, str, bytes, tuple[int, ...]], ...]] = (
    ("POST", "/v1/articles", b"{}", (422,)),
    ("POST", "/v1/articles", b"[" * 20_000, (422, 400)),
    ("POST", "/v1/articles", b'{"text": ""}', (422,)),
    ("POST", "/v1/articles", '{"text": "今天放晴。", "voice": "nosuch"}'.encode(), (422,)),
    ("POST", "/v1/articles", b'{"url": "http://127.0.0.1:9/"}', (422,)),
    ("POST", "/v1/articles", b'{"url": "file:///etc/passwd"}', (422,)),
    ("POST", "/v1/articles", b'{"html": "<p></p>"}', (422,)),
    ("POST", "/v1/articles", b'{"text": "' + b"a" * 9_000_000 + b'"}', (413,)),
    ("POST", "/v1/audio/speech", b'{"input": "a", "speed": 1e99}', (422,)),
    ("GET", f"/v1/articles/{'0' * 32}", b"", (404,)),
    ("GET", f"/v1/articles/{'0' * 32}/audio.mp3", b"", (404,)),
    ("GET", "/v1/articles/..%2f..%2fetc%2fpasswd", b"", (404, 422)),
    ("DELETE", "/v1/articles", b"", (405,)),
    ("GET", "/oembed?url=http://elsewhere.example/", b"", (404,)),
    ("GET", "/feed.xml?limit=-1", b"", (422,)),
)

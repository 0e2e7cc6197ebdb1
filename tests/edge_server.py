"""A local server that speaks the wire protocol of Edge's read-aloud service, faults included.

    with EdgeServer(faults=always(Fault.SILENCE)) as server:
        voice = EdgeVoice(settings=EdgeSettings(endpoint=SecretUrl(server.origin)))

It runs in a thread of its own, so that what is tested may use any event loop. The protocol is
as edge-tts 7.3 speaks it: handshake with `Sec-MS-GEC`, `speech.config`, `ssml`, then
`turn.start`, `audio.metadata` and binary audio under text headers, `turn.end`.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum, auto
from functools import cache
from html import unescape

import numpy as np
from aiohttp import WSMessageTypeError, web
from edge_tts.drm import generate_sec_ms_gec_v2

from reader.mpeg import BYTES_PER_FRAME, canonical_frames, encode_pcm
from tests.local_server import LocalServer, hang, is_gone

PATH = "/consumer/speech/synthesize/readaloud"
LEAD_S, SYLLABLE_S, TAIL_S = 0.1, 0.2, 0.8
CLOCK_TOLERANCE_S = 300
_RATE_HZ = 24_000
_TICKS_PER_S = 10_000_000
_WORD = re.compile(r"[A-Za-z]+|[一-鿿]{1,2}")


class Fault(Enum):
    NONE = auto()
    FORBIDDEN = auto()
    TOO_MANY = auto()
    BROKEN = auto()
    HANGS_IN_HANDSHAKE = auto()
    HANGS_BEFORE_FIRST_BYTE = auto()
    HANGS_IN_THE_MIDDLE = auto()
    CLOSES_IN_THE_MIDDLE = auto()
    DROPS = auto()
    NO_AUDIO = auto()
    SILENCE = auto()
    HALF_A_FRAME = auto()
    GARBAGE = auto()
    GARBAGE_MESSAGE = auto()
    OTHER_FORMAT = auto()
    METADATA_ONLY = auto()
    SLOW_DRIP = auto()
    CUT_SHORT = auto()
    """Half of it, ended properly."""


Faults = Callable[[int], Fault]
"""The fault of the request that came as number 0, 1, 2 …"""

_IN_HANDSHAKE = {Fault.FORBIDDEN: 403, Fault.TOO_MANY: 429, Fault.BROKEN: 503}


def always(fault: Fault) -> Faults:
    return lambda _number: fault


healthy = always(Fault.NONE)


def first(n: int, fault: Fault) -> Faults:
    return lambda number: fault if number < n else Fault.NONE


def after(n: int, fault: Fault) -> Faults:
    return lambda number: fault if number >= n else Fault.NONE


def every(nth: int, fault: Fault) -> Faults:
    return lambda number: fault if number % nth == nth - 1 else Fault.NONE


@dataclass(frozen=True)
class Spoken:
    """What one request asked for."""

    text: str
    voice: str
    rate: str
    pitch: str
    volume: str


@dataclass
class Seen:
    """What the server has seen so far."""

    n_requests: int = 0
    open: list[web.Request] = field(default_factory=list)
    max_open: int = 0
    n_finished: int = 0
    busy_s: float = 0.0
    """Seconds spent on requests, all added up."""
    n_abandoned: int = 0
    """Requests whose connection the client ended."""
    spoken: list[Spoken] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)


@cache
def _tone(n_syllables: int, syllable_s: float = SYLLABLE_S) -> bytes:
    """Canonical frames: a tone for each syllable between the service's silences."""
    n = int(syllable_s * _RATE_HZ)
    t = np.arange(n) / _RATE_HZ
    envelope = np.minimum(1, np.minimum(t, t[::-1]) / 0.02)
    tones = [0.3 * envelope * np.sin(2 * np.pi * hz * t) for hz in (220, 247, 262, 294, 330)]
    speech = [tones[i % len(tones)] for i in range(n_syllables)]
    return _encoded(
        np.concatenate(
            [np.zeros(int(LEAD_S * _RATE_HZ)), *speech, np.zeros(int(TAIL_S * _RATE_HZ))]
        )
    )


@cache
def _silence(n_syllables: int) -> bytes:
    return _encoded(np.zeros(int((LEAD_S + n_syllables * SYLLABLE_S + TAIL_S) * _RATE_HZ)))


def _encoded(samples: np.ndarray) -> bytes:
    return canonical_frames(encode_pcm((samples * 32767).astype("<i2").tobytes()))


def words_of(text: str) -> list[tuple[str, int]]:
    """Words as the service would report them, each with its syllables."""
    words = _WORD.findall(text)
    return [(w, len(w) if w[0] > "z" else max(1, len(w) // 3)) for w in words]


class EdgeServer(LocalServer):
    """Listens on a port of its own while the context lasts."""

    def __init__(
        self,
        faults: Faults = healthy,
        latency_s: float = 0.0,
        clock_offset_s: float = 0.0,
        sends_date: bool = True,
    ) -> None:
        self.faults = faults
        self.fault_of_text: Callable[[str], Fault] = lambda _: Fault.NONE
        self.latency_s = latency_s
        self.clock_offset_s = clock_offset_s
        self.sends_date = sends_date
        self.seen = Seen()
        super().__init__()

    def routes(self) -> list[web.AbstractRouteDef]:
        return [
            web.get(f"{PATH}/edge/v1", self._speak),
            web.get(f"{PATH}/voices/list", self._list_voices),
        ]

    async def _list_voices(self, request: web.Request) -> web.Response:
        number, self.seen.n_requests = self.seen.n_requests, self.seen.n_requests + 1
        status = self._refusal(request, self.faults(number))
        if status:
            return self._refused(status)
        names = (
            "zh-CN-XiaoxiaoNeural",
            "zh-TW-HsiaoChenNeural",
            "zh-TW-NewNeural",
            "en-US-AvaNeural",
        )
        return web.json_response(
            [
                {"ShortName": n, "Locale": n[:5], "Gender": "Female", "FriendlyName": n}
                for n in names
            ]
        )

    async def _speak(self, request: web.Request) -> web.StreamResponse:
        number, self.seen.n_requests = self.seen.n_requests, self.seen.n_requests + 1
        self.seen.open.append(request)
        n_open = sum(not is_gone(one) for one in self.seen.open)
        self.seen.max_open = max(self.seen.max_open, n_open)
        self.seen.hosts.append(request.headers["Host"])
        began_s = time.monotonic()
        try:
            return await self._answer(request, self.faults(number))
        except (ConnectionError, WSMessageTypeError):  # the client has gone
            self.seen.n_abandoned += 1
            return web.Response()
        finally:
            self.seen.open.remove(request)
            self.seen.busy_s += time.monotonic() - began_s

    async def _answer(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        status = self._refusal(request, fault)
        if status:
            return self._refused(status)
        if fault is Fault.HANGS_IN_HANDSHAKE:
            await self._hang(request)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = await socket.receive_str()
        assert "Path:speech.config" in config and "audio-24khz-48kbitrate-mono-mp3" in config
        spoken = _parsed_ssml(await socket.receive_str())
        self.seen.spoken.append(spoken)
        fault = self.fault_of_text(spoken.text) if fault is Fault.NONE else fault
        await asyncio.sleep(self.latency_s)
        if fault is Fault.HANGS_BEFORE_FIRST_BYTE:
            await self._hang(request)
        if fault is not Fault.DROPS:
            await self._send_turn(socket, request, spoken, fault)
        await socket.close()
        return socket

    async def _send_turn(
        self, socket: web.WebSocketResponse, request: web.Request, spoken: Spoken, fault: Fault
    ) -> None:
        await socket.send_str(_text_message("turn.start", {"context": {"serviceTag": "local"}}))
        await socket.send_str(_text_message("response", {"audio": {"type": "inline"}}))
        messages = _messages(spoken, fault)
        for position, message in enumerate(messages):
            if position == (len(messages) + 1) // 2:
                if fault is Fault.HANGS_IN_THE_MIDDLE:
                    await self._hang(request)
                if fault is Fault.CLOSES_IN_THE_MIDDLE:
                    return
                if fault is Fault.CUT_SHORT:
                    break
            if fault is Fault.SLOW_DRIP:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._hang(request), 0.2)
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_str(message)
        await socket.send_str(_text_message("turn.end", {}))
        self.seen.n_finished += 1

    async def _hang(self, request: web.Request) -> None:
        await hang(request)
        raise ConnectionResetError

    def _refusal(self, request: web.Request, fault: Fault) -> int:
        now_s = time.time() + self.clock_offset_s
        tokens = {
            generate_sec_ms_gec_v2(now_s + skew)
            for skew in (-CLOCK_TOLERANCE_S, 0, CLOCK_TOLERANCE_S)
        }
        if (
            request.query.get("Sec-MS-GEC") not in tokens
            or "muid=" not in request.headers["Cookie"]
        ):
            return 403
        return _IN_HANDSHAKE.get(fault, 0)

    def _refused(self, status: int) -> web.Response:
        date = formatdate(time.time() + self.clock_offset_s, usegmt=True)
        return web.Response(status=status, headers={"Date": date if self.sends_date else "never"})


def _parsed_ssml(message: str) -> Spoken:
    head, _, ssml = message.partition("\r\n\r\n")
    assert "Path:ssml" in head
    assert len(ssml.encode()) < 4096 + 400
    match = re.fullmatch(
        r"<speak .*?><voice name='(.*?)'><prosody pitch='(.*?)' rate='(.*?)' volume='(.*?)'>"
        r"(.*)</prosody></voice></speak>",
        ssml,
        re.DOTALL,
    )
    assert match, ssml
    voice, pitch, rate, volume, text = match.groups()
    return Spoken(unescape(text), voice, rate, pitch, volume)


def _messages(spoken: Spoken, fault: Fault) -> list[str | bytes]:
    """The metadata and audio messages of a turn, mixed as the service sends them."""
    words = words_of(spoken.text)
    n_syllables = sum(n for _, n in words)
    syllable_s = SYLLABLE_S * 100 / (100 + int(spoken.rate.rstrip("%")))
    boundaries: list[str] = []
    said = 0
    for word, n in words:
        start_s = LEAD_S + said * syllable_s
        boundaries.append(_boundary(word, start_s, n * syllable_s))
        said += n
    audio = _audio(n_syllables, syllable_s, fault)
    if fault is Fault.NO_AUDIO:
        return []
    if fault is Fault.GARBAGE_MESSAGE:
        return [b"\x00\x05abc", "no headers at all"]
    if fault is Fault.METADATA_ONLY:
        return list(boundaries)
    size = max(BYTES_PER_FRAME, -(-len(audio) // max(1, len(boundaries))))
    blocks = [_audio_message(audio[i : i + size]) for i in range(0, len(audio), size)]
    mixed: list[str | bytes] = []
    for position in range(max(len(boundaries), len(blocks))):
        mixed += boundaries[position : position + 1]
        mixed += blocks[position : position + 1]
    return [*mixed, _audio_message(b"")]


def _audio(n_syllables: int, syllable_s: float, fault: Fault) -> bytes:
    if fault is Fault.SILENCE:
        return _silence(n_syllables)
    if fault is Fault.GARBAGE:
        return np.random.default_rng(7).bytes(len(_tone(n_syllables)))
    if fault is Fault.HALF_A_FRAME:
        return _tone(n_syllables)[: -BYTES_PER_FRAME // 2]
    if fault is Fault.OTHER_FORMAT:
        return b"RIFF" + _tone(n_syllables)
    return _tone(n_syllables, syllable_s)


def _boundary(word: str, start_s: float, length_s: float) -> str:
    return _text_message(
        "audio.metadata",
        {
            "Metadata": [
                {
                    "Type": "WordBoundary",
                    "Data": {
                        "Offset": round(start_s * _TICKS_PER_S),
                        "Duration": round(length_s * _TICKS_PER_S),
                        "text": {"Text": word, "Length": len(word), "BoundaryType": "WordBoundary"},
                    },
                }
            ]
        },
    )


def _text_message(path: str, body: object) -> str:
    return (
        "X-RequestId:0123456789abcdef\r\n"
        "Content-Type:application/json; charset=utf-8\r\n"
        f"Path:{path}\r\n\r\n{json.dumps(body)}"
    )


def _audio_message(data: bytes) -> bytes:
    kind = "Content-Type:audio/mpeg\r\n" if data else ""
    head = f"X-RequestId:0123456789abcdef\r\n{kind}X-StreamId:ABC\r\nPath:audio\r\n".encode()
    return len(head).to_bytes(2, "big") + head + data

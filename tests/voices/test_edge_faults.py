"""The Edge voice against a server that speaks the service's protocol and fails in every way
that the trackers of its clients know. In each: the line is spoken whole, or one clear error."""

from __future__ import annotations

import contextlib
import socket

import pytest

from reader.errors import BadAudio, VoiceError, VoiceRefused, VoiceUnavailable
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from reader.voices.edge import EdgeSettings, EdgeVoice
from reader.voices.remote import SecretUrl
from tests.edge_server import EdgeServer, Fault, always, first

LINE = Line("今天台北天氣晴，Google 在 N B A 說話。")
ATTEMPTS = 3


def settings(server: EdgeServer, **changed: object) -> EdgeSettings:
    """Those of the product with time for a busy machine, unless waiting is what is tested."""
    patient = {"attempts": ATTEMPTS, "connect_s": 30.0, "first_byte_s": 30.0, "whole_s": 60.0}
    return EdgeSettings(endpoint=SecretUrl(server.origin), **{**patient, **changed})  # type: ignore[arg-type]


async def spoken(server: EdgeServer, **changed: object) -> Clip:
    return await EdgeVoice(settings=settings(server, **changed)).speak(LINE, Prosody())


@pytest.mark.parametrize(
    ("fault", "error", "n_requests"),
    [
        (Fault.FORBIDDEN, VoiceRefused, 2),  # edge-tts itself repeats after a 403
        (Fault.TOO_MANY, VoiceUnavailable, ATTEMPTS),
        (Fault.BROKEN, VoiceUnavailable, ATTEMPTS),
        (Fault.DROPS, BadAudio, ATTEMPTS),
        (Fault.HANGS_IN_HANDSHAKE, VoiceUnavailable, 1),
        (Fault.HANGS_BEFORE_FIRST_BYTE, VoiceUnavailable, 1),
        (Fault.HANGS_IN_THE_MIDDLE, VoiceUnavailable, 1),
        (Fault.CLOSES_IN_THE_MIDDLE, BadAudio, ATTEMPTS),
        (Fault.CUT_SHORT, BadAudio, ATTEMPTS),
        (Fault.NO_AUDIO, BadAudio, ATTEMPTS),
        (Fault.SILENCE, BadAudio, ATTEMPTS),
        (Fault.HALF_A_FRAME, BadAudio, ATTEMPTS),
        (Fault.GARBAGE, BadAudio, ATTEMPTS),
        (Fault.GARBAGE_MESSAGE, BadAudio, ATTEMPTS),
        (Fault.OTHER_FORMAT, BadAudio, ATTEMPTS),
        (Fault.METADATA_ONLY, BadAudio, ATTEMPTS),
    ],
)
async def test_a_fault_that_stays_is_one_clear_error(
    fault: Fault, error: type[VoiceError], n_requests: int
) -> None:
    longest_s = 0.3 if fault.name.startswith("HANGS") else 30.0
    with EdgeServer(faults=always(fault)) as server:
        with pytest.raises(error) as caught:
            await spoken(server, connect_s=longest_s, first_byte_s=longest_s)
        assert server.seen.n_requests == n_requests
    assert "\n" not in str(caught.value)
    assert "; " in str(caught.value) or ": " in str(caught.value)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.FORBIDDEN,
        Fault.TOO_MANY,
        Fault.BROKEN,
        Fault.DROPS,
        Fault.CLOSES_IN_THE_MIDDLE,
        Fault.CUT_SHORT,
        Fault.NO_AUDIO,
        Fault.SILENCE,
        Fault.HALF_A_FRAME,
        Fault.GARBAGE,
        Fault.GARBAGE_MESSAGE,
        Fault.OTHER_FORMAT,
        Fault.METADATA_ONLY,
    ],
)
async def test_a_fault_that_passes_costs_one_request_and_no_sound(fault: Fault) -> None:
    with EdgeServer() as healthy, EdgeServer(faults=first(1, fault)) as server:
        expected = await spoken(healthy)
        clip = await spoken(server)
        assert server.seen.n_requests == 2
    assert clip == expected


async def test_a_refused_connection_is_one_clear_error() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        origin = f"http://127.0.0.1:{unused.getsockname()[1]}"
        voice = EdgeVoice(settings=EdgeSettings(endpoint=SecretUrl(origin), attempts=2))
        with pytest.raises(VoiceUnavailable, match="cannot be reached"):
            await voice.speak(LINE, Prosody())


async def test_a_host_that_drops_packets_costs_one_wait() -> None:
    with socket.socket() as full, contextlib.ExitStack() as clients:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        for _ in range(2):  # fill the queue: the kernel ignores whoever comes next
            client = clients.enter_context(socket.socket())
            client.setblocking(False)
            client.connect_ex(full.getsockname())
        origin = f"http://127.0.0.1:{full.getsockname()[1]}"
        voice = EdgeVoice(
            settings=EdgeSettings(endpoint=SecretUrl(origin), connect_s=0.2, cooldown_s=60.0)
        )
        with pytest.raises(VoiceUnavailable, match=r"did not connect within 0\.2 s"):
            await voice.speak(LINE, Prosody())
        with pytest.raises(VoiceUnavailable, match="asked again in"):
            await voice.speak(LINE, Prosody())


async def test_a_slow_drip_ends_at_the_whole_deadline() -> None:
    with EdgeServer(faults=always(Fault.SLOW_DRIP)) as server:
        with pytest.raises(VoiceUnavailable, match="did not finish within"):
            await spoken(server, whole_s=0.001)
        assert server.seen.n_requests == 1

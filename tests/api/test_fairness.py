"""One client's hundred articles do not keep another's first sentence waiting."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reader.fair_share import FairExecutor, current_client
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.services import service
from tests.api.test_script_builder import another_client
from tests.pipeline.voices import Tone

N_ARTICLES = 100


class Threaded(Tone):
    """Speaks in one thread, and remembers for whom, in the order of its work."""

    def __init__(self) -> None:
        self._threads = FairExecutor(1, "threaded")
        self.said: list[str] = []
        self.n_asked = 0
        self._held = asyncio.Event()

    def release(self) -> None:
        self._held.set()

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.n_asked += 1
        await self._held.wait()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, self._say, line.spoken)
        return await super().speak(line, prosody)

    def _say(self, spoken: str) -> None:  # noqa: ARG002
        self.said.append(current_client.get())

    async def close(self) -> None:
        self._threads.shutdown()


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/v1/articles", "/v1/audio/speech"])
async def test_the_second_client_comes_second(tmp_path: Path, path: str) -> None:
    voice = Threaded()
    async with service(tmp_path, voice) as busy, another_client(busy, "127.0.0.2") as new:
        for number in range(N_ARTICLES):
            text = "\n\n".join(f"這是第{number}篇的第{line}句話。" for line in range(5))
            assert (await busy.post("/v1/articles", json={"text": text})).status_code == 201
        name = "text" if path == "/v1/articles" else "input"
        asked = asyncio.create_task(new.post(path, json={name: "台北今天放晴。"}))
        async with asyncio.timeout(60):
            while voice.n_asked <= N_ARTICLES:  # noqa: ASYNC110 (nobody tells when)
                await asyncio.sleep(0.01)
            voice.release()
            answer = await asked
            assert answer.is_success
            if path == "/v1/articles":
                await new.get(f"{answer.headers['Location']}/events")
        n_before = voice.said.index("127.0.0.2")
        assert n_before < N_ARTICLES / 2, "in the order of their coming it would be all of them"

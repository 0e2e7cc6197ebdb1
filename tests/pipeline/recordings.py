"""Speech of every voice as it comes: the embedded one, and what the test servers send."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from reader.loudness import Level
from reader.mpeg import with_gain
from reader.script import Line, Script, Utterance
from reader.voices import Prosody, Voice, stream_of
from reader.voices.baker import BakerVoice
from reader.voices.clip import Clip
from reader.voices.edge import EdgeSettings, EdgeVoice
from reader.voices.openai import OpenAISettings, OpenAIVoice
from reader.voices.remote import SecretUrl
from tests.edge_server import EdgeServer
from tests.openai_server import Answer, OpenAIServer
from tests.pipeline.voices import Counted

SENTENCES = (
    "今天放晴。",
    "氣象署表示，各地氣溫回升到二十五度，",
    "山區仍有短暫雨。",
    "請記得帶傘，也別忘了多喝水。",
    "颱風已經離開台灣。",
    "台北捷運今天照常行駛。",
)


def script_of(*sentences: str, pause_ms: int = 400) -> Script:
    texts = sentences or SENTENCES
    utterances = tuple(Utterance(i, i // 3, text, text, pause_ms) for i, text in enumerate(texts))
    return Script("天氣", "記者", "2026-03-12", ("".join(texts),), utterances)


class Louder(Counted):
    """Another voice's recordings, turned up or down before anybody hears them."""

    n_steps = 0

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        clip = await super().speak(line, prosody)
        return Clip(with_gain(clip.frames, self.n_steps), clip.timings)


@asynccontextmanager
async def every_voice() -> AsyncIterator[dict[str, Voice]]:
    """The embedded voice, one of the Edge service and one of an OpenAI-compatible server."""
    with EdgeServer() as edge, OpenAIServer(Answer.WAV) as openai:
        embedded = BakerVoice()
        settings = OpenAISettings(base_url=SecretUrl(openai.base_url), api_key="x")
        try:
            yield {
                "baker": embedded,
                "edge": EdgeVoice(settings=EdgeSettings(endpoint=SecretUrl(edge.origin))),
                "openai": OpenAIVoice(settings=settings),
            }
        finally:
            await embedded.close()


async def clips_of(voice: Voice, *sentences: str) -> list[tuple[Clip, Level]]:
    """What the voice says, with its level."""
    found = []
    for sentence in sentences or SENTENCES:
        parts = [part async for part in stream_of(voice, Line(sentence), Prosody())]
        clip = Clip.join(parts)
        assert clip.level is not None
        found.append((clip, clip.level))
    return found

"""Every door says which voice read and why; who wants no other voice gets none."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import mutagen
import pytest
from mutagen.id3 import ID3

from tests.api.services import service
from tests.api.withdrawn import made
from tests.pipeline.voices import FailsAt, Tone, voices

TEXT = "聲音的標題就在這裡\n\n這一句由誰來唸，每個門都要說。"


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service whose wanted voice is away: `tone` reads in its place."""
    away, tone = FailsAt(Tone(), "edge"), Tone()

    def chosen(**_: object) -> Any:
        return voices(edge=away, baker=tone, tone=tone)

    monkeypatch.setattr("tests.api.services.voices", chosen)


@pytest.mark.usefixtures("edge")
async def test_every_door_says_which_voice_read_and_why(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        asked = await made(client, text=TEXT, voice="edge", listed=True)
        place = f"/v1/articles/{asked}"
        article = (await client.get(place)).json()
        assert (article["voice"], article["wanted_voice"]) == ("tone", "edge")
        assert "edge" in article["why"]
        for part in ("audio.mp3", "audio.wav", "captions.vtt", "captions.srt", "captions.json"):
            for method in ("GET", "HEAD"):
                headers = (await client.request(method, f"{place}/{part}")).headers
                assert headers["x-tingwen-voice"] == "tone", part
                assert "edge" in unquote(headers["x-tingwen-voice-why"]), part
        sound = (await client.get(f"{place}/audio.mp3")).content
        assert ID3(io.BytesIO(sound)).getall("TXXX:NARRATOR")[0].text == ["tone"]
        flac = mutagen.File(io.BytesIO((await client.get(f"{place}/audio.flac")).content))
        assert flac is not None
        assert flac["narrator"] == ["tone"]
        page = (await client.get(f"/listen/{asked}", headers={"Accept": "text/html"})).text
        assert "AI 合成語音：tone（" in page
        events = (await client.get(f"{place}/events")).text
        ready = json.loads(events.rsplit("data: ", 1)[1])
        assert ready["voice"] == "tone"
        assert "edge" in ready["why"]
        feed = (await client.get("/feed.xml")).text
        assert "聲音：tone" in feed
        spoken = await client.post("/v1/audio/speech", json={"input": TEXT, "voice": "edge"})
        assert spoken.headers["x-tingwen-voice"] == "tone"


@pytest.mark.usefixtures("edge")
async def test_without_fallback_it_fails_and_says_why(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        body = {"text": TEXT, "voice": "edge"}
        fallen = await made(client, **body)
        assert (await client.get(f"/v1/articles/{fallen}")).json()["status"] == "ready"
        strict = await made(client, **body, fallback=False)
        article = (await client.get(f"/v1/articles/{strict}")).json()
        assert article["status"] == "failed"
        assert article["problem"]["type"] == "urn:tingwen:problem:voice-failed"
        assert (await client.get(f"/v1/articles/{strict}/audio.mp3")).status_code == 502
        again = await client.post(
            f"/v1/articles/{strict}/again", json={"voice": "tone", "fallback": False}
        )
        assert again.is_success
        said = {"input": "說這一句。", "voice": "edge", "fallback": False}
        spoken = await client.post("/v1/audio/speech", json=said)
        assert spoken.status_code == 502
        assert spoken.json()["kind"]
        assert (await client.get(f"/v1/articles/{await made(client, **body)}")).json()[
            "voice"
        ] == "tone"

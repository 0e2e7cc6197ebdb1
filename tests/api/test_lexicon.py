"""Words put right: sent with an article, and kept by the service's editors."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.middleware.api_keys import new_key
from api.settings import Settings
from reader.script.lexicon_file import Tables, load_lexicon, parse_lexicon, read_tables
from tests.api.test_articles import TEXT, narrated, ready
from tests.pipeline.voices import Counted, Tone, voices

RIGHT = {"回升": "ㄏㄨㄟˊ ㄕㄥ", "帶傘": "dai4 san3", "surnames": {"單": "ㄕㄢˋ"}}
WRONG = {"回升": "ㄏㄨㄟˊ", "帶傘": "dai4 san", "山區": 3, "": "x", "台灣": "甲", "臺灣": "乙"}


@pytest.fixture
def tone() -> Counted:
    return Counted(Tone(), "tone")


class Editors:
    """A service with a lexicon file, and those who may ask it."""

    def __init__(self, url: str, app: Any, path: Path, secrets: dict[str, str]) -> None:
        self.url, self.app, self.path, self.secrets = url, app, path, secrets

    def client(self, name: str = "", **options: Any) -> httpx.AsyncClient:
        headers = {"Authorization": f"Bearer {self.secrets[name]}"} if name else {}
        transport = httpx.ASGITransport(self.app, **options)
        return httpx.AsyncClient(transport=transport, base_url=self.url, headers=headers)


@pytest.fixture
async def open_service(tmp_path: Path, tone: Counted) -> AsyncIterator[Editors]:
    """Without keys."""
    path = tmp_path / "lexicon.toml"
    path.write_text('"回升" = "ㄏㄨㄟˊ ㄕㄥ"\n', "utf-8")
    chosen = Settings(voice="tone", cache=str(tmp_path / "store"), lexicon=str(path))
    app = create_app(chosen, voices(tone=tone))
    async with app.router.lifespan_context(app):
        yield Editors("http://127.0.0.1:8000", app, path, {})


@pytest.fixture
async def locked_service(tmp_path: Path, tone: Counted) -> AsyncIterator[Editors]:
    """With keys of an editor and of a speaker."""
    path = tmp_path / "lexicon.toml"
    path.touch()
    made = {
        "editor": new_key("editor", ("lexicon",)),
        "speaker": new_key("speaker", ("speak", "read")),
    }
    chosen = Settings(
        voice="tone",
        cache=str(tmp_path / "store"),
        lexicon=str(path),
        api_keys=tuple(str(key) for _, key in made.values()),
    )
    app = create_app(chosen, voices(tone=tone))
    async with app.router.lifespan_context(app):
        secrets = {name: secret for name, (secret, _) in made.items()}
        yield Editors("http://tingwen.test", app, path, secrets)


async def test_only_the_sentences_that_a_lexicon_touches_are_spoken_again(
    open_service: Editors, tone: Counted
) -> None:
    async with open_service.client() as client:
        plain = await narrated(client, text=TEXT)
        assert len(tone.said) == 3
        untouched = await narrated(client, text=TEXT, lexicon={"海嘯": "ㄏㄞˇ ㄒㄧㄠˋ"})
        assert untouched["id"] == plain["id"]
        fixed = await narrated(client, text=TEXT, lexicon={"帶傘": "ㄉㄞˋ ㄙㄢˇ"})
        assert fixed["id"] != plain["id"]
        assert tone.said[3:] == ["山區仍有短暫雨，請記得帶傘。"]
        again = await client.post(
            f"/v1/articles/{plain['id']}/again", json={"lexicon": {"帶傘": "ㄉㄞˋ ㄙㄢˇ"}}
        )
        assert again.json()["id"] == fixed["id"]
        known = await client.post(f"/v1/articles/{fixed['id']}/again", json={})
        assert known.status_code == 200
        assert known.json()["id"] == plain["id"]
        assert len(tone.said) == 4


async def test_the_same_article_at_another_pace(open_service: Editors, tone: Counted) -> None:
    async with open_service.client() as client:
        plain = await narrated(client, text=TEXT, title="另一個標題")
        n_said = len(tone.said)
        answer = await client.post(f"/v1/articles/{plain['id']}/again", json={"rate": 20})
        assert answer.status_code == 201
        faster = await ready(client, answer.json()["id"])
        assert [u["text"] for u in faster["utterances"]] == [u["text"] for u in plain["utterances"]]
        assert len(tone.said) == 2 * n_said
        assert (await client.post(f"/v1/articles/{'0' * 32}/again", json={})).status_code == 404


@pytest.mark.parametrize("path", ["/v1/articles", "/v1/scripts", "/v1/readings"])
@pytest.mark.parametrize(("language", "said"), [("en", "no text"), ("zh-TW", "沒有讀音")])
async def test_every_wrong_word_is_told_at_once(
    open_service: Editors, path: str, language: str, said: str
) -> None:
    async with open_service.client() as client:
        headers = {"Accept-Language": language}
        answer = await client.post(path, json={"text": TEXT, "lexicon": WRONG}, headers=headers)
        assert answer.status_code == 422
        problem = answer.json()
        assert said in problem["detail"]
        causes = {cause["kind"]: cause["facts"]["word"] for cause in problem["facts"]["causes"]}
        assert causes == {
            "syllables-miscounted": "回升",
            "pinyin-toneless": "帶傘",
            "lexicon-no-text": "山區",
            "word-empty": "",
            "word-said-twice": "臺灣",
        }


async def test_a_lexicon_has_its_limits(open_service: Editors) -> None:
    async with open_service.client() as client:
        words = {f"第{n}號": "甲" for n in range(201)}
        answer = await client.post("/v1/scripts", json={"text": TEXT, "lexicon": words})
        assert (answer.status_code, answer.json()["kind"]) == (422, "lexicon-too-many")
        words = {"長": "字" * 301, "字" * 61: "短"}
        answer = await client.post("/v1/scripts", json={"text": TEXT, "lexicon": words})
        assert [c["kind"] for c in answer.json()["facts"]["causes"]] == ["lexicon-entry-long"] * 2
        answer = await client.post("/v1/scripts", json={"text": TEXT, "lexicon": ["甲"]})
        assert answer.status_code == 422


async def test_the_script_tells_the_readings_of_its_words(open_service: Editors) -> None:
    async with open_service.client() as client:
        request = {"text": "行庫3月放款\n\n行庫放款增加25%。", "lexicon": {"行庫": "hang2 ku4"}}
        plain = (await client.post("/v1/scripts", json=request)).json()
        assert all(line["words"] == [] for line in plain["utterances"])
        script = (await client.post("/v1/scripts?readings=true", json=request)).json()
        for line in script["utterances"]:
            assert "".join(word["text"] for word in line["words"]) == line["text"]
            assert "".join(word["spoken"] for word in line["words"]) == line["spoken"]
        words = script["utterances"][0]["words"]
        assert words[0] == {"text": "行庫", "spoken": "行庫", "zhuyin": ["ㄏㄤˊ", "ㄎㄨˋ"]}
        assert {"text": "3", "spoken": "三", "zhuyin": ["ㄙㄢ"]} in words
        request = {"text": "銀行行長3月"}
        found = (await client.post("/v1/readings", json=request)).json()
        assert {"ㄏㄤˊ", "ㄒㄧㄥˊ"} <= set(found["choices"]["行"])
        assert {"ㄓㄤˇ", "ㄔㄤˊ"} <= set(found["choices"]["長"])
        assert "3" not in found["choices"]


async def test_a_speech_with_a_word_put_right(open_service: Editors, tone: Counted) -> None:
    async with open_service.client() as client:
        request = {"input": "請記得帶傘。", "voice": "tone"}
        for lexicon in ({}, {"帶傘": "帶雨傘"}, {"帶傘": "帶雨傘"}):
            answer = await client.post("/v1/audio/speech", json=request | {"lexicon": lexicon})
            assert answer.status_code == 200
        assert tone.said == ["請記得帶傘。", "請記得帶雨傘。"]


async def test_an_editor_changes_the_lexicon(open_service: Editors, tone: Counted) -> None:
    async with open_service.client() as client:
        shown = await client.get("/v1/lexicon")
        assert shown.json() == {"words": {"回升": "ㄏㄨㄟˊ ㄕㄥ"}, "surnames": {}}
        plain = await narrated(client, text=TEXT)
        words = {"words": {"帶傘": "帶雨傘"}, "surnames": {"單": "ㄕㄢˋ"}}
        nowhere = await client.put("/v1/lexicon", json=words)
        assert nowhere.status_code == 428
        tag = {"If-Match": shown.headers["etag"]}
        changed = await client.put("/v1/lexicon", json=words, headers=tag)
        assert changed.status_code == 200
        assert changed.json() == words
        late = await client.put("/v1/lexicon", json={"words": {}}, headers=tag)
        assert (late.status_code, late.json()["kind"]) == (412, "lexicon-changed")
        assert late.headers["etag"] == changed.headers["etag"]
        assert len(tone.said) == 3
        fixed = await narrated(client, text=TEXT)
        assert fixed["id"] != plain["id"]
        anew = {"氣象署表示，各地氣溫回升。", "山區仍有短暫雨，請記得帶雨傘。"}
        assert set(tone.said[3:]) == anew
        assert len(tone.said) == 5
        [change] = (await client.get("/v1/lexicon/history")).json()
        assert change["who"] == "127.0.0.1"
        assert change["after"] == changed.headers["etag"].strip('"')
        assert change["changes"] == [
            {"table": "words", "word": "回升", "was": "ㄏㄨㄟˊ ㄕㄥ", "now": None},
            {"table": "words", "word": "帶傘", "was": None, "now": "帶雨傘"},
            {"table": "surnames", "word": "單", "was": None, "now": "ㄕㄢˋ"},
        ]
    load_lexicon(open_service.path)


async def test_a_large_lexicon_is_compressed_and_changed(
    open_service: Editors, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "tingwen.lexicon")
    words = {f"第{n}號": "甲" for n in range(2000)}
    async with open_service.client() as client:
        headers = {"If-Match": "*"}
        await client.put("/v1/lexicon", json={"words": words}, headers=headers)
        shown = await client.get("/v1/lexicon", headers={"Accept-Encoding": "gzip"})
        assert shown.headers["content-encoding"] == "gzip"
        tag = {"If-Match": f'"another", {shown.headers["etag"]}'}
        answer = await client.put("/v1/lexicon", json={"words": {}}, headers=tag)
        assert answer.status_code == 200
        assert [len(c["changes"]) for c in (await client.get("/v1/lexicon/history")).json()] == [
            2000,
            2001,
        ]
    told = [record for record in caplog.records if record.message == "lexicon changed"]
    assert [getattr(record, "n_changed", 0) for record in told] == [2001, 2000]


async def test_a_wrong_lexicon_changes_nothing(open_service: Editors) -> None:
    before = open_service.path.read_text("utf-8")
    async with open_service.client() as client:
        headers = {"If-Match": "*"}
        answer = await client.put("/v1/lexicon", json={"words": WRONG}, headers=headers)
        assert answer.status_code == 422
        assert len(answer.json()["facts"]["causes"]) == 5
        assert (await client.get("/v1/lexicon/history")).json() == []
    assert open_service.path.read_text("utf-8") == before


async def test_a_disk_that_fails_changes_nothing(
    open_service: Editors, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = open_service.path.read_text("utf-8")

    def refuse(self: Path, target: Path) -> None:
        if target == open_service.path:
            raise OSError(28, "No space left on device")
        os_replace(self, target)

    os_replace = Path.replace
    monkeypatch.setattr(Path, "replace", refuse)
    async with open_service.client() as client:
        headers = {"If-Match": "*"}
        answer = await client.put("/v1/lexicon", json={"words": {"甲": "乙"}}, headers=headers)
        assert answer.status_code == 503
        assert (await client.get("/v1/lexicon/history")).json() == []
    assert open_service.path.read_text("utf-8") == before
    assert not list(open_service.path.parent.glob(".lexicon*"))


async def test_an_edit_by_hand_is_in_force_and_a_broken_one_is_not(
    open_service: Editors, caplog: pytest.LogCaptureFixture
) -> None:
    async def spoken() -> str:
        answer = await client.post("/v1/scripts", json={"text": TEXT})
        return str(answer.json()["utterances"][2]["spoken"])

    async with open_service.client() as client:
        open_service.path.write_text('"帶傘" = "帶雨傘"\n', "utf-8")
        assert "帶雨傘" in await spoken()
        open_service.path.write_text("帶傘 == ?", "utf-8")
        assert "帶雨傘" in await spoken()
        assert "lexicon not read" in caplog.text


async def test_without_keys_only_this_machine_may_ask(open_service: Editors) -> None:
    elsewhere: list[tuple[dict[str, Any], dict[str, str]]] = [
        ({"client": ("192.0.2.7", 5000)}, {}),
        ({}, {"X-Forwarded-For": "192.0.2.7"}),
        ({}, {"Sec-Fetch-Site": "cross-site"}),
    ]
    for options, headers in elsewhere:
        async with open_service.client(**options) as client:
            for method in ("GET", "PUT"):
                answer = await client.request(
                    method, "/v1/lexicon", headers=headers | {"If-Match": "*"}, json={"words": {}}
                )
                assert answer.status_code == 403
                assert answer.json()["kind"] in ("lexicon-needs-key", "site-not-named")
    async with open_service.client() as client:
        rebound = await client.get("/v1/lexicon", headers={"Host": "rebound.example"})
        assert rebound.status_code == 421


async def test_an_editor_needs_a_key_of_that_scope(locked_service: Editors) -> None:
    async def status(name: str, method: str, path: str) -> int:
        async with locked_service.client(name) as client:
            headers = {"If-Match": "*"}
            answer = await client.request(method, path, headers=headers, json={"words": {}})
            return answer.status_code

    for path in ("/v1/lexicon", "/v1/lexicon/history"):
        assert await status("", "GET", path) == 401
        assert await status("speaker", "GET", path) == 403
        assert await status("editor", "GET", path) == 200
    assert await status("speaker", "PUT", "/v1/lexicon") == 403
    assert await status("editor", "PUT", "/v1/lexicon") == 200
    assert await status("editor", "POST", "/v1/articles") == 403
    async with locked_service.client("editor") as client:
        headers = {"If-Match": "*"}
        await client.put("/v1/lexicon", headers=headers, json={"words": {"甲": "乙"}})
        [change] = (await client.get("/v1/lexicon/history")).json()
        assert change["who"] == "key editor"


async def test_a_service_without_a_file_keeps_no_lexicon(tmp_path: Path, tone: Counted) -> None:
    app = create_app(Settings(voice="tone", cache=str(tmp_path)), voices(tone=tone))
    here = Editors("http://localhost", app, tmp_path, {})
    async with app.router.lifespan_context(app), here.client() as client:
        assert (await client.get("/v1/lexicon")).json() == {"words": {}, "surnames": {}}
        headers = {"If-Match": "*"}
        answer = await client.put("/v1/lexicon", json={"words": {}}, headers=headers)
        assert (answer.status_code, answer.json()["kind"]) == (409, "lexicon-no-file")


WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(words=st.dictionaries(WORD, WORD, max_size=8))
@settings(deadline=None, max_examples=60)
def test_what_is_kept_is_what_was_sent(words: dict[str, str], tmp_path_factory: Any) -> None:
    path: Path = tmp_path_factory.mktemp("lexicon") / "lexicon.toml"
    path.write_bytes(Tables(words, words).to_toml().encode())
    kept = read_tables(path)[0]
    assert json.loads(json.dumps(kept.words)) == words
    assert kept.surnames == words


def test_what_goes_before() -> None:
    own = parse_lexicon(Tables.of({"甲": "一", "乙": "二", "surnames": {"單": "ㄕㄢˋ"}}), 9)
    sent = parse_lexicon(Tables.of({"乙": "三", "surnames": {"單": "ㄉㄢ"}}), 9)
    both = own.with_words_of(sent)
    said = {entry.say for entry in both.mark("甲乙")[1].values()}
    assert said == {"一", "三"}
    assert [entry.syllables for entry in both.surnames] == [("dan1",)]

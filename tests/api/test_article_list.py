"""The list of articles: everything once, the newest first, for who may see it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import pytest

from api.middleware.api_keys import new_key
from tests.api.services import service
from tests.api.withdrawn import made

PAGE = (
    '<html><head><meta property="og:url" content="{url}"></head><body><article><h1>{title}</h1>'
    "<p>這是{title}的第一段，說的是今天的事。</p><p>第二段說的是明天的事。</p></article></body></html>"
)
ARTICLES = (
    ("https://news.example/sport/1", "球隊晉級"),
    ("https://news.example/sport/2", "球員受傷"),
    ("https://news.example/sporting/3", "運動用品"),
    ("https://other.example/sport/4", "別站體育"),
)
HERE = {"base_url": "http://localhost"}


async def published(client: httpx.AsyncClient) -> list[str]:
    client.base_url = httpx.URL("http://localhost")
    found = [await made(client, html=PAGE.format(url=u, title=t)) for u, t in ARTICLES]
    return [*found, await made(client, text="沒有網址的一篇。")]


async def titles(client: httpx.AsyncClient, **query: Any) -> list[str]:
    answer = await client.get("/v1/articles", params=query)
    assert answer.is_success, answer.text
    return [row["title"] for row in answer.json()["articles"]]


async def test_pages_show_everything_once(tmp_path: Path) -> None:
    async with service(tmp_path, **HERE) as client:
        ids = await published(client)
        seen: list[str] = []
        cursor = ""
        while True:
            query = {"limit": "2", "cursor": cursor}
            page = (await client.get("/v1/articles", params=query)).json()
            assert len(page["articles"]) <= 2
            seen += [row["id"] for row in page["articles"]]
            cursor = page["next"] or ""
            if not cursor:
                break
        assert seen == ids[::-1]
        row = (await client.get("/v1/articles", params={"limit": 200})).json()["articles"][-1]
        assert row["address"] == ARTICLES[0][0]
        assert (row["status"], row["voice"], row["why"]) == ("ready", "tone", "")
        assert row["duration"] > 0
        assert not {"utterances", "paragraphs"} & row.keys()


async def test_filters(tmp_path: Path) -> None:
    async with service(tmp_path, **HERE) as client:
        ids = await published(client)
        news = ["運動用品", "球員受傷", "球隊晉級"]
        assert await titles(client, address="news.example") == news
        assert await titles(client, address="https://www.news.example/") == news
        assert await titles(client, address="news.example/sport") == news[1:]
        assert await titles(client, address="example") == []
        rows = (await client.get("/v1/articles")).json()["articles"]
        since = rows[1]["at"]
        assert await titles(client, since=since) == [row["title"] for row in rows[:2]]
        assert await titles(client, until=since) == [row["title"] for row in rows[2:]]
        assert len(await titles(client, status="ready")) == len(ids)
        assert await titles(client, status="failed") == []
        await client.delete(f"/v1/articles/{ids[0]}")
        gone = (await client.get("/v1/articles", params={"status": "withdrawn"})).json()
        (row,) = gone["articles"]
        assert (row["id"], row["title"], row["address"]) == (ids[0], "", ARTICLES[0][0])
        assert await titles(client, status="ready", address="news.example") == news[:2]


@pytest.mark.parametrize("bad", [{"cursor": "x"}, {"limit": 0}, {"since": "then"}, {"status": "x"}])
async def test_bad_queries_are_refused(tmp_path: Path, bad: dict[str, Any]) -> None:
    async with service(tmp_path, **HERE) as client:
        client.base_url = httpx.URL("http://localhost")
        assert (await client.get("/v1/articles", params=bad)).status_code == 422


@pytest.mark.parametrize("private", [False, True])
async def test_who_may_not_read_sees_no_title(tmp_path: Path, private: bool) -> None:
    secret, key = new_key("desk", ("articles",))
    editor, editors = new_key("editor", ("articles", "read", "speak"))
    keys = (str(key), str(editors))
    async with service(tmp_path, api_keys=keys, private=private) as client:
        may_all = {"Authorization": f"Bearer {editor}"}
        body = {"text": "不是人人能讀的標題\n\n這裡是不公開的內文。"}
        assert (await client.post("/v1/articles", json=body, headers=may_all)).status_code == 201
        answer = await client.get("/v1/articles", headers={"Authorization": f"Bearer {secret}"})
        assert answer.status_code == (403 if private else 200)
        assert ("不是人人" in answer.text) is not private
        assert "內文" not in answer.text
        assert "不是人人" in (await client.get("/v1/articles", headers=may_all)).text
        assert (await client.get("/v1/articles")).status_code == 401

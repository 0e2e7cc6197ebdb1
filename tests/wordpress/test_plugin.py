"""The plugin of examples/wordpress, activated in WordPress, before a real service."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import Tone, voices
from tests.server import serving
from tests.wordpress.site import NEEDED, THEME, Site, database

_MISSING = [name for name in NEEDED if shutil.which(name) is None]
_PLAYER = re.compile(r'<tingwen-player article="([0-9a-f]{32})" for="\.entry-content"')


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.skipif(
    bool(_MISSING) or not THEME.is_dir(),
    reason="apt-get install wordpress wordpress-theme-twentytwentythree php-cli php-mysql"
    " mariadb-server",
)
def test_a_post_is_made_shown_and_withdrawn(tmp_path: Path) -> None:
    settings = Settings(voice="tone", cache=str(tmp_path / "cache"))
    with (
        serving(create_app(settings, voices(tone=Tone()))) as (service, _),
        database(tmp_path) as listening,
    ):
        site = Site(tmp_path, listening)
        found = site.set_up(service, "k-123")
        assert found["active"] and not found["problem"]
        assert found["scheduled"], "who publishes waits for nobody"
        posts = found["posts"]
        assert {post["error"] for post in posts.values()} == {""}
        assert len({post["id"] for post in posts.values()}) == 3
        article = httpx.get(f"{service}/v1/articles/{posts['auto']['id']}").json()
        said = [u["text"] for u in article["utterances"]]
        assert "列車今天準點進站，旅客都拍手叫好。" in said
        assert article["title"] == "第auto班列車 <準點> & 「快」"
        assert found["withdrawn"] == "", "a draft has no sound"
        assert httpx.get(f"{service}/v1/articles/{posts['shortcode']['id']}").status_code == 410
        check_what_is_written(found, service)
        with site.served() as client:
            check_pages(client, posts, service)
            check_who_makes(client, found["waiting"], service)


def check_what_is_written(found: dict[str, object], service: str) -> None:
    """Escaped, in Chinese, and without the key."""
    kept = found["kept"]
    assert isinstance(kept, dict)
    assert kept["service"] == "", "no address of a script"
    assert kept["key"] == "k-123", "an empty field leaves the key"
    page = str(found["settings"])
    assert "k-123" not in page
    assert service in page
    assert 'name="_wpnonce"' in page
    assert "服務的網址" in page
    shown, attacked, unknown = found["editor"]  # type: ignore[misc]
    assert _PLAYER.search(shown)
    assert "script" not in attacked
    assert unknown == ""


def check_pages(client: httpx.Client, posts: dict[str, dict[str, str]], service: str) -> None:
    for name in ("auto", "block"):
        page = client.get(f"/?p={posts[name]['post']}").text
        assert _PLAYER.findall(page) == [posts[name]["id"]], name
        script = re.search(rf"<script[^>]*{re.escape(service)}/player\.js[^>]*>", page)
        assert script and 'type="module"' in script[0]
    front = client.get("/").text
    assert posts["auto"]["id"] not in front, "above single posts only"


def check_who_makes(client: httpx.Client, post: int, service: str) -> None:
    """An editor who presses the link of the post's row; nobody else, and no other site for him."""
    make = f"/wp-admin/admin-post.php?action=tingwen_make&post={post}"

    def made() -> tuple[list[str], int]:
        listed = httpx.get(f"{service}/v1/articles").json()
        return _PLAYER.findall(client.get(f"/?p={post}").text), len(listed["articles"])

    before = made()
    assert before[0] == []
    client.get(make)
    client.post(make)
    assert made() == before, "somebody who is not logged in"
    client.get("/wp-login.php")
    client.post("/wp-login.php", data={"log": "editor", "pwd": "secret", "testcookie": "1"})
    rows = client.get("/wp-admin/edit.php").text
    client.get(make)
    client.get(f"{make}&_wpnonce=0123456789")
    assert made() == before, "a link that WordPress did not write for this editor"
    link = re.search(rf'href="([^"]*action=tingwen_make[^"]*post={post}\b[^"]*)"', rows)
    assert link
    client.get(html.unescape(link[1]))
    players, n_articles = made()
    assert len(players) == 1
    assert n_articles == before[1] + 1

"""Another site on this machine: a publisher's page with markup of its own around the player."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

ARTICLE = """小站的書屋迎接第一批讀者

停用多年的舊站房，春天起成為小鎮的圖書館。這一次等在月台上的不是旅客，而是滿屋的書。

館長表示，很多長輩不是來看書，是來坐坐。他們說，這裡像把時間借回來。

再美的車站，也可能第二次停駛。大家希望這一次能夠走得久一點。"""

STORY = """<h1>小站的書屋迎接第一批讀者</h1>
<p>停用<b>多年</b>的舊站房，<a href="#elsewhere">春天起</a>成為小鎮的圖書館。這一次等在
月台上的不是旅客，而是<i>滿屋</i>的書。</p>
<figure><figcaption>停用多年的舊站房（資料照）</figcaption></figure>
<aside>廣告：訂閱電子報，送你一杯咖啡。</aside>
<p>館長表示，很多長輩不是來看書，是來坐坐。<span>他們說，</span>這裡像把時間借回來。</p>
<div style="height: 1600px">廣告</div>
<p>再美的車站，也可能第二次停駛。大家希望這一次能夠走得久一點。</p>
<div style="height: 1600px"></div>"""


def page(service: str, player: str, *, head: str = "", story: str = STORY) -> str:
    """A page with `player` in it: the two lines of HTML that the documentation shows."""
    return f"""<!doctype html><html lang="zh-Hant"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>小鎮日報</title>{head}
<script type="module" src="{service}/player.js"></script></head>
<body><main id="story">{story}</main>
<div style="position: fixed; inset: auto 0 0">{player}</div></body></html>"""


MEMBERS_COOKIE = "member=yes"
WALL = "<p>請先登入，才能閱讀全文。</p>"


@contextmanager
def published(
    html: str, policy: str = "", *, headers: Mapping[str, str] | None = None, members: bool = False
) -> Iterator[str]:
    """The address of a site whose every page is `html`, under a Content-Security-Policy; with
    `?to=` it leads elsewhere. For `members` alone, `/login` makes one of a browser."""
    sent = {**(headers or {}), **({"Content-Security-Policy": policy} if policy else {})}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            goal = parse_qs(urlsplit(self.path).query).get("to")
            if goal:
                self._answer(302, {"Location": goal[0]}, "")
            elif self.path == "/login":
                self._answer(200, {"Set-Cookie": f"{MEMBERS_COOKIE}; SameSite=Lax"}, "<p>ok</p>")
            elif members and MEMBERS_COOKIE not in self.headers.get("Cookie", ""):
                self._answer(200, {}, WALL)
            else:
                self._answer(200, sent, html)

        def _answer(self, status: int, more: Mapping[str, str], body: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/news/1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

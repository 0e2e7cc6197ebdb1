"""Another site on this machine: a publisher's page with markup of its own around the player."""

from __future__ import annotations

import threading
from collections.abc import Iterator
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


@contextmanager
def published(html: str, policy: str = "") -> Iterator[str]:
    """The address of a site whose every page is `html`, under a Content-Security-Policy; with
    `?to=` it leads elsewhere."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            goal = parse_qs(urlsplit(self.path).query).get("to")
            if goal:
                self.send_response(302)
                self.send_header("Location", goal[0])
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(html.encode())

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

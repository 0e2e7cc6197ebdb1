"""A newspaper on this machine: pages of one template, with one line of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

N_PAGES = 20
"""That are made; there is one more, which is not."""
_PLACES = (
    "老郵局", "舊糖廠", "港邊倉庫", "山城車站", "百年書店", "水圳步道", "木造教室", "燈塔宿舍",
    "茶廠倉庫", "鐵道宿舍", "河岸市場", "手工紙坊", "打鐵工坊", "米店老屋", "戲院舊址", "農會穀倉",
    "石滬漁村", "樟腦寮址", "煤礦坑口", "鹽田廠房",
)  # fmt: skip
_TEMPLATE = """<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}｜晨河日報</title>
<link rel="canonical" href="{canonical}">{head}
<style>
  :root {{ color-scheme: light dark; --edge: light-dark(#ddd, #444) }}
  body {{ margin: 0; font: 18px/1.9 "Noto Sans TC", "Noto Sans CJK TC", sans-serif }}
  header {{ padding: 14px 20px; border-bottom: 1px solid var(--edge); font-weight: 700 }}
  main {{ max-width: 44rem; margin: 0 auto; padding: 8px 20px 40px }}
  h1 {{ line-height: 1.4; margin: 16px 0 }}
</style>
<script type="module" src="{service}/ting-wen.js"></script>
</head><body><header>晨河日報</header><main>
<h1>{title}</h1>
{line}
<div class="story">{story}</div>
<aside>猜你喜歡：其他報導都在這裡等你點閱。</aside><div style="height: {below}px"></div>
</main></body></html>"""


_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20" width="60" height="20">'
    '<circle cx="10" cy="10" r="8" fill="#00695c"/><rect x="24" y="6" width="34" height="8"/></svg>'
)


class Newspaper:
    """Its articles by number, which a test may edit."""

    line = "<ting-wen></ting-wen>"
    """The one line of the template."""
    head = ""
    below_px = 400

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.service = ""
        self.frame = ""
        """A page at /frame: what a test puts into it."""
        self.sentences = {n: _sentences(n) for n in range(N_PAGES + 1)}
        self.asked: list[str] = []

    def url(self, number: int) -> str:
        return f"{self.origin}/story/{number}"

    def title(self, number: int) -> str:
        return f"{_place(number)}今天重新開門"

    def reset(self) -> None:
        for name in ("line", "head", "below_px"):
            self.__dict__.pop(name, None)

    def html(self, number: int) -> str:
        story = "".join(f"<p>{sentence}</p>" for sentence in self.sentences[number])
        return _TEMPLATE.format(
            title=self.title(number),
            canonical=self.url(number),
            service=self.service,
            story=story,
            line=self.line,
            head=self.head,
            below=self.below_px,
        )

    def page(self, path: str) -> str | None:
        self.asked.append(path)
        if path == "/logo.svg":
            return _LOGO
        name, _, number = path.partition("?")[0].strip("/").partition("/")
        if name == "frame":
            return self.frame
        is_story = name == "story" and number.isdecimal() and int(number) <= N_PAGES
        return self.html(int(number)) if is_story else None


def _place(number: int) -> str:
    return _PLACES[number] if number < N_PAGES else "市立圖書館"


def _sentences(number: int) -> list[str]:
    place = _place(number)
    return [
        f"停用多年以後，{place}等到第{number + 1}位走進去的客人，是一位老員工。",
        f"居民表示，{place}關門以後，街上安靜了很久。",
        f"接手的團隊說，{place}會保留原來的門窗，週末開放參觀。",
    ]


@contextmanager
def publishing() -> Iterator[Newspaper]:
    """The newspaper, served."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = paper.page(self.path)
            self.send_response(200 if found is not None else 404)
            kind = "image/svg+xml" if self.path.endswith(".svg") else "text/html; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    paper = Newspaper(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield paper
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

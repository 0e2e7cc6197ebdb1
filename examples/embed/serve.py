"""A publisher's site on this machine, with the player of a running service in its pages.

Usage: serve.py SERVICE_URL [PORT]

It has article.html narrated, writes the service's address and the article's id into the
pages of this folder, and serves them.
"""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx

HERE = Path(__file__).parent
PAGES = ("article.html", "iframe.html")


def main(service: str, port: int = 8766) -> None:
    """Serve until interrupted."""
    story = (HERE / "article.html").read_text(encoding="utf-8")
    answer = httpx.post(f"{service}/v1/articles", json={"html": story}, timeout=60)
    article_id = answer.raise_for_status().json()["id"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.strip("/") or PAGES[0]
            if name not in PAGES:
                self.send_error(404)
                return
            page = (HERE / name).read_text(encoding="utf-8")
            page = page.replace("{service}", service).replace("{id}", article_id)
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

    for name in PAGES:
        print(f"http://127.0.0.1:{port}/{name}")
    ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), *(int(port) for port in sys.argv[2:3]))

"""Cached audio by Range: this service, a bare Starlette FileResponse, and nginx.

    python -m bench.serving.ranges [--seconds 5] [--rounds 3]

Needs wrk (and nginx, if it is to be compared) from the system's packages. One process each,
asked in turn, round after round; requests a second, and our ratio to FileResponse (limit: at
least 0.9). Documented offload: nginx serves the cache's folder itself, see deploy in README.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

HERE = Path(__file__).parent
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route
async def whole(_): return FileResponse(sys.argv[1], media_type="audio/mpeg")
uvicorn.run(Starlette(routes=[Route("/a.mp3", whole)]), port=int(sys.argv[2]), log_level="warning",
            access_log=False)
"""
NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{}} http {{ access_log off; types {{ audio/mpeg mp3; }} sendfile on;
client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
uwsgi_temp_path {folder}; scgi_temp_path {folder};
server {{ listen 127.0.0.1:{port}; location /a.mp3 {{ alias {file}; }} }} }}
"""


@contextmanager
def process(*command: str, **env: str) -> Iterator[None]:
    """A process that runs while the context lasts."""
    running = subprocess.Popen(command, env={**os.environ, **env}, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        running.terminate()
        running.wait()


def wait_for(url: str) -> None:
    for _ in range(200):
        try:
            httpx.get(url, headers={"Range": "bytes=0-0"})
        except httpx.HTTPError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit(f"{url} never answered")


def narrate(service: str) -> str:
    """Have the example article narrated; returns the path of its audio."""
    text = (HERE.parents[1] / "examples" / "article.txt").read_text(encoding="utf-8")
    article = httpx.post(f"{service}/v1/articles", json={"text": text, "voice": "baker"}).json()
    while article["status"] != "ready":
        time.sleep(0.2)
        article = httpx.get(f"{service}/v1/articles/{article['id']}").json()
    audio: str = article["audio_url"]
    return audio


def requests_a_second(url: str, size: int, seconds: int) -> float:
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "-s", str(HERE / "range.lua"), url]
    done = subprocess.run(
        command, env={**os.environ, "SIZE": str(size)}, capture_output=True, text=True, check=True
    )
    if "Non-2xx" in done.stdout:
        raise SystemExit(done.stdout)
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found[1]) if found else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ours = "http://127.0.0.1:8871"
        serve = (sys.executable, "-m", "reader", "serve", "--port", "8871")
        stack.enter_context(process(*serve, TINGWEN_CACHE=f"{folder}/cache"))
        wait_for(f"{ours}/healthz")
        urls = {"tingwen": ours + narrate(ours)}
        file = next(Path(folder).rglob("*.mp3"))
        stack.enter_context(process(sys.executable, "-c", BARE, str(file), "8872"))
        urls["FileResponse"] = "http://127.0.0.1:8872/a.mp3"
        if shutil.which("nginx"):
            config = Path(folder) / "nginx.conf"
            config.write_text(NGINX.format(folder=folder, port=8873, file=file))
            stack.enter_context(process("nginx", "-c", str(config)))
            urls["nginx"] = "http://127.0.0.1:8873/a.mp3"
        found: dict[str, list[float]] = {name: [] for name in urls}
        for url in urls.values():
            wait_for(url)
        for _ in range(options.rounds):
            for name, url in urls.items():
                found[name].append(requests_a_second(url, file.stat().st_size, options.seconds))
    rates = {name: round(statistics.median(rates)) for name, rates in found.items()}
    print(
        json.dumps(rates),
        f"tingwen / FileResponse = {rates['tingwen'] / rates['FileResponse']:.2f}",
    )


if __name__ == "__main__":
    main()

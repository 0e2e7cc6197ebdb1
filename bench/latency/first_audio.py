"""From POST to the first audio byte, against what must be waited for in any case.

    python -m bench.latency.first_audio [--runs 15]

Cold: a new article; the limit is the time in which the bare model makes its first clause, in
the same process and run. Cached: the same article again; the limit is a bare Starlette
FileResponse of the same file. The embedded voice is warm. Each prints the ratio of medians.
"""

from __future__ import annotations

import argparse
import http.client
import json
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.responses import FileResponse
from starlette.routing import Route

from api.app import create_app
from api.settings import Settings
from reader.pronunciation import pronounce
from reader.script import Line, speak_form
from reader.voices.baker import weights
from reader.voices.baker.acoustics import Acoustics, MelModel
from reader.voices.baker.graph import runnable_acoustic_graph
from reader.voices.baker.phones import phone_row

ARTICLE = Path(__file__).parents[2] / "examples" / "article.txt"


@contextmanager
def serving(app: Any) -> Iterator[int]:
    """`app` on a free port, in a thread."""
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def request(connection: http.client.HTTPConnection, body: str) -> float:
    """Seconds from POST to the first byte of sound; reads the rest afterwards."""
    began = time.perf_counter()
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/articles", body, headers)
    answer = json.loads(connection.getresponse().read())
    connection.request("GET", answer["audio_url"])
    sound = connection.getresponse()
    sound.read(144)
    seconds = time.perf_counter() - began
    sound.read()
    return seconds


def article(number: int) -> str:
    """The example with another headline each time, so that nothing of it is cached."""
    text = ARTICLE.read_text(encoding="utf-8")
    return text.replace("花蓮慢車站變身圖書館", f"花蓮第{number}座慢車站變身圖書館")


def bare_first_clause() -> Callable[[int], float]:
    """Seconds that the two networks alone take for an article's first clause."""
    files = weights.load()
    model = Acoustics(files, MelModel(runnable_acoustic_graph(files.acoustic)))

    def measure(number: int) -> float:
        headline = f"花蓮第{number}座慢車站變身圖書館"
        row = phone_row(pronounce(Line(speak_form(headline)))[0], files)
        began = time.perf_counter()
        model.speak(row.ids, 1.0)
        return time.perf_counter() - began

    measure(0)
    return measure


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs: int = parser.parse_args().runs
    bare = bare_first_clause()
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(voice="baker", cache=folder)
        with serving(create_app(settings)) as port:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            request(connection, json.dumps({"text": article(100)}))
            cold, limit = [], []
            for number in range(101, 101 + runs):
                limit.append(bare(number))
                cold.append(request(connection, json.dumps({"text": article(number)})))
            cached = [audio_again(connection, article(101)) for _ in range(runs * 4)]
        file = max(Path(folder).rglob("*.mp3"), key=lambda p: p.stat().st_size)
        cached_limit = bare_file_response(file, runs * 4)
    show("cold article, first byte / bare model's first clause", cold, limit, 1.5)
    show("cached audio, first byte / Starlette FileResponse", cached, cached_limit, 3.0)


def audio_again(connection: http.client.HTTPConnection, text: str) -> float:
    """Seconds to the first byte of the finished audio."""
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/articles", json.dumps({"text": text}), headers)
    answer = json.loads(connection.getresponse().read())
    return first_byte(connection, answer["audio_url"])


def first_byte(connection: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    connection.request("GET", path)
    sound = connection.getresponse()
    sound.read(144)
    seconds = time.perf_counter() - began
    sound.read()
    return seconds


def bare_file_response(file: Path, runs: int) -> list[float]:
    async def whole(_: Any) -> FileResponse:
        return FileResponse(file, media_type="audio/mpeg")

    with serving(Starlette(routes=[Route("/a.mp3", whole)])) as port:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        return [first_byte(connection, "/a.mp3") for _ in range(runs)]


def show(what: str, ours: list[float], theirs: list[float], limit: float) -> None:
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{what}: {a * 1000:.1f} / {b * 1000:.1f} ms = {a / b:.2f} (limit {limit})")


if __name__ == "__main__":
    main()

"""First audio of one client while another one has a hundred articles in the making, against the
same client's first audio when nobody else asks for anything.

    python -m bench.latency.fairness [--jobs 100] [--runs 5] [--voice baker] [--workers 1]

With `--workers` they speak, by a Redis of their own (`redis-server` is needed), in place of the
service. Two addresses of this machine (127.0.0.1 and 127.0.0.2) are two clients of a service in a
process of its own. Each run has articles of its own, so that nothing is cached. The limit is 3.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from pathlib import Path

_FRAME_BYTES = 144
ARTICLE = Path(__file__).parents[2] / "examples" / "article.txt"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def running(*command: str, environment: Mapping[str, str]) -> Iterator[None]:
    """A program and those that it starts, while the context lasts."""
    process = subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def redis_in(stack: ExitStack, folder: str) -> str:
    """The address of a Redis that lasts as long as the stack."""
    port = free_port()
    command = ("redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "")
    stack.enter_context(running(*command, "--dir", folder, environment=os.environ))
    wait_for(port)
    return f"redis://127.0.0.1:{port}/0"


def connect(port: int, address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=600, source_address=(address, 0))


def long_text(headline: str) -> str:
    """An article of which no sentence was spoken before."""
    lines = filter(None, ARTICLE.read_text(encoding="utf-8").splitlines())
    return "\n\n".join(headline + line.replace("。", f"，{headline}。") for line in lines)


def short_text(headline: str) -> str:
    """The same, of two sentences."""
    return f"{headline}的新聞\n\n{headline}，各地氣溫回升，請民眾留意早晚溫差。"


def submit(connection: http.client.HTTPConnection, text: str) -> str:
    """Ask for an article; the path of its sound."""
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/articles", json.dumps({"text": text}), headers)
    answer = connection.getresponse()
    told = json.loads(answer.read())
    if answer.status != HTTPStatus.CREATED:
        raise SystemExit(f"not made: {answer.status} {told}")
    return str(told["audio_url"])


def first_audio_s(port: int, headline: str) -> float:
    """Seconds from POST to the first frame of sound for a client who has nothing else in the
    making; it is heard to its end."""
    connection = connect(port, "127.0.0.2")
    began = time.perf_counter()
    connection.request("GET", submit(connection, short_text(headline)))
    answer = connection.getresponse()
    first = answer.read(_FRAME_BYTES)
    seconds = time.perf_counter() - began
    if answer.status != HTTPStatus.OK or len(first) < _FRAME_BYTES:
        raise SystemExit(f"no sound: {answer.status} {first!r}")
    answer.read()
    connection.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--voice", default="baker")
    parser.add_argument("--workers", type=int, default=0)
    options = parser.parse_args()
    port = free_port()
    with ExitStack() as stack:
        cache = stack.enter_context(tempfile.TemporaryDirectory())
        environment = os.environ | {"TINGWEN_CACHE": cache, "TINGWEN_VOICE": options.voice}
        if options.workers:
            environment |= {"TINGWEN_BROKER": redis_in(stack, cache)}
        reader = (sys.executable, "-m", "reader")
        for _ in range(options.workers):
            one = (*reader, "worker", "--concurrency", "1", "--threads", "1")
            stack.enter_context(running(*one, environment=environment))
        stack.enter_context(running(*reader, "serve", "--port", str(port), environment=environment))
        wait_for(port)
        first_audio_s(port, "暖身")  # the model is loaded
        idle = []
        for run in range(options.runs):
            idle.append(first_audio_s(port, f"閒著的第{run}次"))
            time.sleep(3)
        busy_client = connect(port, "127.0.0.1")
        for number in range(options.jobs):
            submit(busy_client, long_text(f"忙碌的第{number}篇"))
        busy = [first_audio_s(port, f"忙碌時的第{run}次") for run in range(options.runs)]
    print("idle", [round(s, 2) for s in idle])
    print("busy", [round(s, 2) for s in busy])
    ratio = statistics.median(busy) / statistics.median(idle)
    print(f"first audio with {options.jobs} jobs of another client: {ratio:.2f} x idle (limit 3)")


def wait_for(port: int) -> None:
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port), 1):
                return
        except OSError:
            time.sleep(0.2)


if __name__ == "__main__":
    main()

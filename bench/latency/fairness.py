"""First audio of one client while another one has a hundred articles in the making, against the
same client's first audio when nobody else asks for anything.

    python -m bench.latency.fairness [--jobs 100] [--runs 5] [--voice baker]

Two addresses of this machine (127.0.0.1 and 127.0.0.2) are two clients of a service in a process
of its own. Each run has articles of its own, so that nothing is cached. The limit is 3.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLE = Path(__file__).parents[2] / "examples" / "article.txt"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


def connect(port: int, address: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=600, source_address=(address, 0))


def submit(connection: http.client.HTTPConnection, headline: str) -> str:
    """Ask for an article; the path of its sound."""
    text = f"{headline}\n{ARTICLE.read_text(encoding='utf-8')}"
    headers = {"Content-Type": "application/json"}
    connection.request("POST", "/v1/articles", json.dumps({"text": text}), headers)
    return str(json.loads(connection.getresponse().read())["audio_url"])


def first_audio_s(port: int, headline: str) -> float:
    """Seconds from POST to the first byte of sound for a client of its own."""
    connection = connect(port, "127.0.0.2")
    began = time.perf_counter()
    connection.request("GET", submit(connection, headline))
    connection.getresponse().read(144)
    seconds = time.perf_counter() - began
    connection.close()
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--voice", default="baker")
    options = parser.parse_args()
    port = free_port()
    with tempfile.TemporaryDirectory() as cache:
        environment = os.environ | {"TINGWEN_CACHE": cache, "TINGWEN_VOICE": options.voice}
        command = [sys.executable, "-m", "reader", "serve", "--port", str(port)]
        service = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            wait_for(port)
            first_audio_s(port, "暖身")  # the model is loaded
            time.sleep(60)
            idle = []
            for run in range(options.runs):
                idle.append(first_audio_s(port, f"閒著的第{run}次"))
                time.sleep(15)
            busy_client = connect(port, "127.0.0.1")
            for number in range(options.jobs):
                submit(busy_client, f"忙碌的第{number}篇")
            busy = [first_audio_s(port, f"忙碌時的第{run}次") for run in range(options.runs)]
        finally:
            service.kill()
            service.wait()
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

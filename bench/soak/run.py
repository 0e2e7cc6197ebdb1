"""Mixed load on a real `tingwen serve`: new articles, known ones, slow listeners, those who hang
up, bad input and noise, strangers and articles that are withdrawn, for twenty minutes; with keys,
limits, quotas, another site that may ask, and names of its own.

    python -m bench.soak.run [--minutes 20]

Prints what was answered, and as ratios: memory and files of the last quarter against the second
(the first is warm-up), and the 99th percentile of requests for finished things against their
median, by kind. Ends with 1 if one is over its limit or an answer was not meant.

Others may share the machine: a bare Starlette is asked by the same client in turn with the
service, and where that one's own percentile is further off than the limit, the service's may be
half as much again.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

import httpx

from api.middleware.api_keys import new_key
from bench.soak.load import SITE, Load

MOST_GROWTH: Final = 1.05
"""Of memory and of open files from the second quarter to the last."""
MOST_SPREAD: Final = 5.0
"""99th percentile of a cached request, by its median."""
BARE: Final = "bare: "
EVERY_S: Final = 1.0
EXAMPLE: Final = Path(__file__).parents[2] / "examples" / "article.txt"


class Service:
    """The process, and what it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log"
        self.key, entry = new_key("soak", ("speak", "read", "articles"))
        env = {
            "TINGWEN_CACHE": str(folder / "store"),
            "TINGWEN_LOG_FORMAT": "json",
            "TINGWEN_API_KEYS": str(entry),
            "TINGWEN_BASE_URL": "https://listen.example",
            "TINGWEN_CORS_ORIGINS": SITE,
            "TINGWEN_RATE_PER_KEY": "1000000/hour",
            "TINGWEN_RATE_PER_ADDRESS": "20/minute",
            "TINGWEN_MAX_SYNTHESES": "64",
            "TINGWEN_MAX_SYNTHESES_EACH": "32",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reader", "serve", "--port", "0"],
            env={**os.environ, **env},
            stderr=self._log.open("wb"),
        )
        self.samples: list[tuple[float, int]] = []
        """Resident MiB and open files."""

    def url(self) -> str:
        for _ in range(600):
            found = re.search(r"running on (http://[0-9.:]+)", self._log.read_text())
            if found:
                return found[1]
            time.sleep(0.1)
        raise SystemExit(self._log.read_text())

    async def watch(self) -> None:
        """Sample for ever."""
        proc = Path(f"/proc/{self.process.pid}")
        while True:
            status = (proc / "status").read_text()
            resident = re.search(r"VmRSS:\s+(\d+)", status)
            n_files = len(os.listdir(proc / "fd"))  # noqa: PTH208
            self.samples.append((int(resident[1]) / 1024 if resident else 0.0, n_files))
            await asyncio.sleep(EVERY_S)

    def audio_file(self) -> Path:
        """The first narration's audio, where it lies."""
        return next((self._folder / "store").rglob("narrations/**/*.mp3"))

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)

    def complaints(self) -> list[str]:
        """Lines of the log that are worse than a warning, or no JSON."""
        lines = self._log.read_text().splitlines()
        return [line for line in lines if not _is_harmless(line)]


def _is_harmless(line: str) -> bool:
    if line.startswith("[src/libmpg123/"):  # to the process's own standard error, not a log
        return True
    try:
        return json.loads(line)["level"] in ("debug", "info", "warning")
    except (ValueError, KeyError, TypeError):
        return False


def narrated(url: str, key: str) -> str:
    """Path of the example article, ready."""
    body = {"text": EXAMPLE.read_text(encoding="utf-8"), "voice": "baker"}
    headers = {"Authorization": f"Bearer {key}"}
    article: str = httpx.post(f"{url}/v1/articles", json=body, headers=headers).headers["location"]
    httpx.get(f"{url}{article}/events", timeout=300)
    return article


def growth(values: list[float]) -> float:
    """Median of the last quarter by that of the second."""
    n = len(values) // 4
    return statistics.median(values[3 * n :]) / statistics.median(values[n : 2 * n])


def spreads(took: dict[str, list[float]]) -> dict[str, float]:
    """99th percentile by median, for each kind, the first quarter (warm-up) left out."""
    found = {}
    for kind, seconds in took.items():
        warm = seconds[len(seconds) // 4 :]
        p99 = statistics.quantiles(warm, n=100)[98]
        found[kind] = round(p99 / statistics.median(warm), 2)
    return found


def cached(url: str, article: str, file: Path, seconds: float) -> dict[str, Any]:
    """What `bench.soak.cached` measured, beside a bare server with the same file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bare = f"http://127.0.0.1:{port}"
    serving = subprocess.Popen([sys.executable, "-m", "bench.soak.bare", str(file), str(port)])
    try:
        for _ in range(200):
            try:
                httpx.get(f"{bare}/article")
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        command = [sys.executable, "-m", "bench.soak.cached", url, article, bare, str(seconds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    finally:
        serving.terminate()
        serving.wait()
    found: dict[str, Any] = json.loads(done.stdout)
    return found


async def soak(service: Service, seconds: float) -> dict[str, Any]:
    """What was seen."""
    url = service.url()
    article = await asyncio.to_thread(narrated, url, service.key)
    load = Load(url, article, service.key)
    watching = asyncio.create_task(service.watch())
    measuring = asyncio.to_thread(cached, url, article, service.audio_file(), seconds)
    _, measured = await asyncio.gather(load.run(seconds), measuring)
    watching.cancel()
    memory = [sample[0] for sample in service.samples]
    files = [float(sample[1]) for sample in service.samples]
    medians = {k: round(statistics.median(v) * 1000, 2) for k, v in measured["took"].items()}
    return {
        "answers": dict(sorted(load.seen.statuses.items())),
        "cached requests": sum(map(len, measured["took"].values())),
        "not meant": [*load.seen.unexpected, *measured["bad"]],
        "memory MiB, quarters": [
            round(statistics.median(memory[q * len(memory) // 4 : (q + 1) * len(memory) // 4]))
            for q in range(4)
        ],
        "memory growth": round(growth(memory), 3),
        "files growth": round(growth(files), 3),
        "cached, median ms": medians,
        "cached, p99 / median": spreads(measured["took"]),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tingwen-soak-") as folder:
        service = Service(Path(folder))
        try:
            found = asyncio.run(soak(service, options.minutes * 60))
            found["exit status"] = service.stop()
            found["errors in the log"] = service.complaints()
        finally:
            service.process.kill()
            service.process.wait()
    print(json.dumps(found, ensure_ascii=False, indent=1))
    spread = found["cached, p99 / median"]
    machine = max(value for kind, value in spread.items() if kind.startswith(BARE))
    ours = max(value for kind, value in spread.items() if not kind.startswith(BARE))
    limits = {
        "answers not meant": (len(found["not meant"]), 0),
        "errors in the log": (len(found["errors in the log"]), 0),
        "exit status": (found["exit status"], 0),
        "memory growth": (found["memory growth"], MOST_GROWTH),
        "files growth": (found["files growth"], MOST_GROWTH),
        "p99 / median": (ours, max(MOST_SPREAD, round(1.5 * machine, 2))),
    }
    for what, (value, most) in limits.items():
        print(f"{what}: {value} (at most {most})")
    return int(any(value > most for value, most in limits.values()))


if __name__ == "__main__":
    sys.exit(main())

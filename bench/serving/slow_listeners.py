"""Two hundred who listen slowly, to finished audio and to a stream, and one who is in a hurry.

    python -m bench.serving.slow_listeners [--listeners 200] [--seconds 20]

Each listener takes 6,000 bytes a second, as a player does at 48 kbit/s. Prints the least that
anybody got (share of what was asked for), the growth of the service's memory after the first
quarter, and the slowest of the hurried requests beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx

from bench.serving.ranges import narrate, wait_for

RATE_BYTES_A_SECOND = 6_000
PORT = 8874


async def listen(path: str, seconds: int) -> float:
    """Take audio at its own pace; the share that came of what could have."""
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT, limit=RATE_BYTES_A_SECOND)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    taken = 0
    for _ in range(seconds):
        began = time.monotonic()
        with suppress(TimeoutError, asyncio.IncompleteReadError):
            taken += len(await asyncio.wait_for(reader.readexactly(RATE_BYTES_A_SECOND), 1.0))
        await asyncio.sleep(max(0, 1.0 - (time.monotonic() - began)))
    writer.close()
    return taken / (RATE_BYTES_A_SECOND * seconds)


def resident_mib(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def hurried(path: str, seconds: int) -> float:
    slowest = 0.0
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{PORT}") as client:
        for _ in range(seconds * 2):
            began = time.monotonic()
            await client.get(path, headers={"Range": "bytes=0-65535"})
            slowest = max(slowest, time.monotonic() - began)
            await asyncio.sleep(0.5)
    return slowest


async def measure(pid: int, path: str, n_listeners: int, seconds: int) -> None:
    async def memory() -> tuple[float, float]:
        await asyncio.sleep(seconds / 4)
        early = resident_mib(pid)
        await asyncio.sleep(seconds / 2)
        return early, resident_mib(pid)

    (early, late), slowest, *shares = await asyncio.gather(
        memory(), hurried(path, seconds), *(listen(path, seconds) for _ in range(n_listeners))
    )
    print(f"{n_listeners} listeners: the least got {min(shares):.1%} of what it asked for")
    print(f"memory {early:.1f} → {late:.1f} MiB; slowest hurried request {slowest * 1000:.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listeners", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "reader", "serve", "--port", str(PORT)]
        environment = {"TINGWEN_CACHE": folder, "PATH": "/usr/bin:/bin", "HOME": str(Path.home())}
        service = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{PORT}"
            wait_for(f"{url}/healthz")
            path = narrate(url)
            asyncio.run(measure(service.pid, path, options.listeners, options.seconds))
        finally:
            service.terminate()
            service.wait()


if __name__ == "__main__":
    main()

"""Ask a running service for a narration and print the address of its page.

Usage: publish.py SERVICE_URL PAGE.html VOICE
"""

import sys
import time
from pathlib import Path

import httpx


def publish(service: str, page: Path, voice: str) -> str:
    """Post the page, wait until it is ready, and return where to listen."""
    request = {"html": page.read_text(encoding="utf-8"), "voice": voice}
    article = httpx.post(f"{service}/v1/articles", json=request).raise_for_status().json()
    while article["status"] in ("pending", "speaking"):
        time.sleep(0.2)
        answer = httpx.get(f"{service}/v1/articles/{article['id']}")
        article = answer.raise_for_status().json()
    if article["status"] != "ready":
        raise SystemExit(f"the narration failed: {article['problem']}")
    return f"{service}/listen/{article['id']}"


def wait_until_up(service: str, timeout_s: float = 30.0) -> None:
    """Return when the service answers."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            httpx.get(f"{service}/healthz").raise_for_status()
            return
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


if __name__ == "__main__":
    wait_until_up(sys.argv[1])
    print("listen here:", publish(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))

"""One client that asks for finished things at a steady pace, in a process of its own.

    python -m bench.soak.cached URL ARTICLE_PATH SECONDS

Prints as JSON how long each answer took, in seconds, by what was asked for.
"""

from __future__ import annotations

import http.client
import itertools
import json
import sys
import time
from typing import Final
from urllib.parse import urlsplit

A_SECOND: Final = 25
"""Requests; one after the other, so that none waits for another of ours."""


def asked_for(article: str) -> dict[str, tuple[str, dict[str, str]]]:
    """Path and headers of each kind of request."""
    listen = article.replace("/v1/articles/", "/listen/")
    return {
        "a range": (f"{article}/audio.mp3", {"Range": "bytes=1000-65999"}),
        "all audio": (f"{article}/audio.mp3", {}),
        "the article": (article, {}),
        "captions": (f"{article}/captions.vtt", {}),
        "its page": (listen, {}),
    }


def main() -> None:
    url, article, seconds = sys.argv[1], sys.argv[2], float(sys.argv[3])
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    kinds = asked_for(article)
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    bad: list[str] = []
    began = time.monotonic()
    for number, kind in enumerate(itertools.cycle(kinds)):
        due = began + number / A_SECOND
        if due > began + seconds:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        path, headers = kinds[kind]
        asked = time.perf_counter()
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        took[kind].append(time.perf_counter() - asked)
        if answer.status not in (200, 206):
            bad.append(f"{kind}: {answer.status}")
    print(json.dumps({"took": took, "bad": bad}))


if __name__ == "__main__":
    main()

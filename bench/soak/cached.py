"""One client that asks for finished things at a steady pace, in a process of its own.

    python -m bench.soak.cached URL ARTICLE_PATH BARE_URL SECONDS

Prints as JSON how long each answer took, in seconds, by what was asked for; what was asked of
`bench.soak.bare` begins with "bare".
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


Kinds = dict[str, tuple[http.client.HTTPConnection, str, dict[str, str]]]


def asked_for(url: str, article: str, bare: str) -> Kinds:
    """Connection, path and headers of each kind of request."""
    ours = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    theirs = http.client.HTTPConnection(urlsplit(bare).netloc, timeout=30)
    a_range = {"Range": "bytes=1000-65999"}
    listen = article.replace("/v1/articles/", "/listen/")
    return {
        "a range": (ours, f"{article}/audio.mp3", a_range),
        "bare: a range": (theirs, "/audio.mp3", a_range),
        "all audio": (ours, f"{article}/audio.mp3", {}),
        "the article": (ours, article, {}),
        "bare: an article": (theirs, "/article", {}),
        "captions": (ours, f"{article}/captions.vtt", {}),
        "its page": (ours, listen, {}),
    }


def answer_to(
    connection: http.client.HTTPConnection, path: str, headers: dict[str, str]
) -> http.client.HTTPResponse:
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    return answer


def main() -> None:
    url, article, bare, seconds = (*sys.argv[1:4], float(sys.argv[4]))
    kinds = asked_for(url, article, bare)
    took: dict[str, list[float]] = {kind: [] for kind in kinds}
    bad: list[str] = []
    began = time.monotonic()
    for number, kind in enumerate(itertools.cycle(kinds)):
        due = began + number / A_SECOND
        if max(due, time.monotonic()) > began + seconds:
            break
        time.sleep(max(0.0, due - time.monotonic()))
        connection, path, headers = kinds[kind]
        asked = time.perf_counter()
        try:
            answer = answer_to(connection, path, headers)
        except ConnectionError:  # kept alive, but not asked for so long that it was closed
            connection.close()
            asked = time.perf_counter()
            answer = answer_to(connection, path, headers)
        took[kind].append(time.perf_counter() - asked)
        if answer.status not in (200, 206):
            bad.append(f"{kind}: {answer.status}")
    print(json.dumps({"took": took, "bad": bad}))


if __name__ == "__main__":
    main()

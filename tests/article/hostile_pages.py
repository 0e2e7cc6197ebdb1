"""Pages made to hurt a reader, and a child process that reads one under the kernel's limits.

Run as `python hostile_pages.py NAME`: prints what came of it. The child may use two seconds of
processor time and 300 MB of memory beyond what Python and its libraries take when idle.
"""

from __future__ import annotations

import resource
import sys

from reader.article import ArticleOptions, extract
from reader.article.page import PageKind, page_of
from reader.errors import BadInput

CPU_S = 2
MEMORY_BYTES = 300_000_000
STORY = (
    "<h1>路燈更新</h1>"
    "<p>市府昨天宣布，明年起全面更新老舊路燈，預算三十億元，分四年執行，議會表示支持。</p>"
)
_FULL = 9_900_000


def _laughs() -> str:
    entities = "".join(f'<!ENTITY x{i} "{f"&x{i - 1};" * 10}">' for i in range(1, 10))
    opening = f'<!DOCTYPE html [<!ENTITY x0 "哈哈哈哈">{entities}]>'
    return f"{opening}<html><body>{STORY}<p>&x9;</p></body></html>"


PAGES = {
    "nested tags, 50 MB": lambda: b"<div>" * 10_000_000,
    "nested tags, below the limit": lambda: b"<div>" * (_FULL // 5),
    "nested tags, few enough to be parsed": lambda: (b"<div>" * 100_000) + STORY.encode(),
    "nested captions": lambda: b'<div class="caption">' * 100_000 + STORY.encode(),
    "nested links in paragraphs": lambda: "<p><a href=x>字。".encode() * 50_000,
    "line breaks": lambda: "字，<br>".encode() * (_FULL // 10),
    "lines, as many as are parsed": lambda: (
        "<p>「好，」他說，這樣也很好。</p>".encode() * 7_900 + STORY.encode()
    ),
    "empty elements": lambda: b"<div class='a b'>x</div>" * 400_000,
    "billion laughs": lambda: _laughs().encode(),
    "a million attributes": lambda: (
        b"<div " + b" ".join(b"a%d=1" % i for i in range(1_000_000)) + b">" + STORY.encode()
    ),
    "a million quoted attributes": lambda: (
        b"<div " + b" ".join(b'b%d=">"' % i for i in range(900_000)) + b">"
    ),
    "many tags of many attributes": lambda: (
        (b"<i " + b" ".join(b"a%d=1" % i for i in range(1_900)) + b">x</i>") * 600
    ),
    "one class list of megabytes": lambda: (
        b'<div class="' + b"c " * 4_000_000 + b'">' + STORY.encode() + b"</div>"
    ),
    "invalid UTF-8": lambda: STORY.encode() + b"<p>" + bytes(range(128, 256)) * 70_000,
    "control characters": lambda: STORY.replace("市", "市\x00\x01\x08\x1b\u200b\u202e").encode(),
    "deep JSON-LD": lambda: (
        b'<script type="application/ld+json">' + b"[" * 390_000 + b"</script>" + STORY.encode()
    ),
    "unclosed scripts": lambda: STORY.encode() + b"<script>" * 1_200_000,
    "unclosed comments": lambda: STORY.encode() + b"<!--" * 2_000_000,
    "unclosed quotes": lambda: STORY.encode() + b"<a \"<a '" * 50_000,
    "one line of megabytes": lambda: ("<p>" + "市府昨天宣布，" * 470_000).encode(),
    "text: short lines": lambda: "字\n".encode() * 2_400_000,
    "text: one line": lambda: "#市 ".encode() * 1_900_000,
    "text: brackets": lambda: ("（" * 200 + "\n").encode() * 7_900,
    "markdown: brackets": lambda: (b"[" * 19_000 + b"\n") * 500,
    "markdown: links": lambda: (b"[x](" * 4_900 + b"\n") * 500,
    "markdown: stars": lambda: (b"*" * 19_000 + b"\n") * 500,
    "binary": lambda: b"\x89PNG\r\n" + bytes(1_000_000),
}


def read(name: str) -> str:
    """The title and text of the hostile page, or the error that refused it."""
    content = PAGES[name]()
    kind: PageKind = (
        "markdown" if name.startswith("markdown") else "text" if name.startswith("text") else "html"
    )
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_S + 1, spent + CPU_S + 1))
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + MEMORY_BYTES, mapped + MEMORY_BYTES))
    try:
        article = extract(page_of(content, name, kind=kind), ArticleOptions(mode="article"))
    except BadInput as error:
        return f"{type(error).__name__}: {error}"
    return f"Article: {article.title} {len(article.paragraphs)}"


if __name__ == "__main__":
    print(read(sys.argv[1]))

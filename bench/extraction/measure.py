"""How well and how fast extractors find the article on the pages of ../shared/data.

Two sets: `pages` (57 pages of 30 designs that no one prepared for, and 7 without an article) and
`extraction` (nine old pages). Ours beside trafilatura (default and precision mode) and
readability-lxml; newspaper4k and gne where they are installed. The others are needed by this
bench only:

    pip install trafilatura readability-lxml lxml_html_clean
    python bench/extraction/measure.py            # prints, and writes RESULTS.md beside this file

Precision, recall and F1 are over character 4-grams, white space aside. What must not be heard
("leaks") is looked for in the text. A page without an article counts as refused where less than
20 characters come out. Speed is the median of several rounds over all pages in one thread, in
turn with the others, after one round to warm up.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
DATA = HERE.parents[1].parent / "shared" / "data"
GRAM = 4
LEAST_CHARS = 20
PERFECT, GOOD = 0.99, 0.95
SLOW_S = 60.0
"""An extractor whose warm-up round takes longer is timed by that round alone."""
Extractor = Callable[[bytes], tuple[str, str]]
"""A page's bytes to its title and text; raises whatever its library raises."""


@dataclass(frozen=True)
class Sample:
    """One page: what must be heard, what must not; no paragraphs where it must be refused."""

    name: str
    content: bytes
    paragraphs: list[str]
    leaks: list[str]


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    leaks: int


def samples(folder: str) -> list[Sample]:
    listing = DATA / folder / "pages.jsonl"
    rows = [json.loads(line) for line in listing.read_text("utf-8").splitlines()]
    return [
        Sample(
            row["id"],
            (listing.parent / row.get("html", f"html/{row['id']}.html")).read_bytes(),
            row.get("paragraphs", []),
            row.get("must_not_be_heard", row.get("must_not_contain", [])),
        )
        for row in rows
    ]


def grams(text: str) -> Counter[str]:
    packed = "".join(text.split())
    return Counter(packed[i : i + GRAM] for i in range(len(packed) - GRAM + 1))


def score(page: Sample, text: str) -> Score:
    wanted, got = grams("".join(page.paragraphs)), grams(text)
    common = sum((wanted & got).values())
    precision = common / max(1, sum(got.values()))
    recall = common / max(1, sum(wanted.values()))
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    heard = "".join(text.split())
    return Score(precision, recall, f1, sum("".join(bad.split()) in heard for bad in page.leaks))


def ours(*, recipes: bool) -> Extractor:
    from reader.article import ArticleOptions, Page, extract
    from reader.article.rules import forget_verdicts

    options = ArticleOptions(recipes=recipes)

    def run(content: bytes) -> tuple[str, str]:
        forget_verdicts()  # the next page is another one: no round may profit from the last
        article = extract(Page(content, "html"), options)
        return article.title, "".join(p.text for p in article.paragraphs)

    return run


def trafilatura(*, precise: bool) -> Extractor:
    import trafilatura as library

    def run(content: bytes) -> tuple[str, str]:
        found = library.bare_extraction(
            content, favor_precision=precise, include_comments=False, with_metadata=True
        )
        return (found.title or "", found.text or "") if found else ("", "")

    return run


def readability() -> Extractor:
    from lxml import html
    from readability import Document

    from reader.article.decode import decode

    def run(content: bytes) -> tuple[str, str]:
        document = Document(decode(content))
        return document.short_title(), html.fromstring(document.summary()).text_content()

    return run


def newspaper() -> Extractor:
    import newspaper as library

    from reader.article.decode import decode

    def run(content: bytes) -> tuple[str, str]:
        article = library.Article("https://example.org/", language="zh")
        article.download(input_html=decode(content))
        article.parse()
        return article.title or "", article.text or ""

    return run


def gne() -> Extractor:
    from gne import GeneralNewsExtractor

    from reader.article.decode import decode

    def run(content: bytes) -> tuple[str, str]:
        found = GeneralNewsExtractor().extract(decode(content))
        return found["title"], found["content"]

    return run


EXTRACTORS: dict[str, Callable[[], Extractor]] = {
    "ours": lambda: ours(recipes=True),
    "ours, no recipes": lambda: ours(recipes=False),
    "trafilatura": lambda: trafilatura(precise=False),
    "trafilatura, precision": lambda: trafilatura(precise=True),
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "gne": gne,
}


def attempt(run: Extractor, content: bytes) -> str:
    """The text that the extractor found; an extractor that fails found nothing."""
    try:
        return run(content)[1]
    except Exception as error:
        warnings.warn(f"{type(error).__name__}: {error}", stacklevel=1)
        return ""


def pages_a_second(
    runs: dict[str, Extractor], contents: list[bytes], rounds: int
) -> dict[str, float]:
    """Processor time, the extractors in turn, so that a busy machine slows all alike."""
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            if times[name] and times[name][0] > SLOW_S:
                continue
            start = time.process_time()
            for content in contents:
                attempt(run, content)
            times[name].append(time.process_time() - start)
    return {
        name: len(contents) / statistics.median(taken[1:] or taken) for name, taken in times.items()
    }


def row_of(name: str, pages: list[Sample], texts: list[str], speed: float, base: float) -> str:
    scores = [score(p, t) for p, t in zip(pages, texts, strict=True) if p.paragraphs]
    refused = [len(t) < LEAST_CHARS for p, t in zip(pages, texts, strict=True) if not p.paragraphs]
    f1s = [s.f1 for s in scores]

    def mean(values: list[float]) -> str:
        return f"{statistics.fmean(values):.3f}"

    cells = [
        name,
        mean([s.precision for s in scores]),
        mean([s.recall for s in scores]),
        f"**{statistics.fmean(f1s):.4f}**",
        f"{min(f1s):.3f}",
        f"{sum(f >= PERFECT for f in f1s)} of {len(f1s)}",
        str(sum(f < GOOD for f in f1s)),
        str(sum(s.leaks for s in scores)),
        f"{sum(refused)} of {len(refused)}" if refused else "",
        f"{speed:.3g}",
        f"{speed / base:.2f}",
    ]
    return f"| {' | '.join(cells)} |"


HEAD = (
    "| extractor | precision | recall | F1 | lowest | ≥ 0.99 | < 0.95 | leaks | refused "
    "| pages a second | × trafilatura, precision |\n" + "|---" * 11 + "|"
)


def measure(folder: str, runs: dict[str, Extractor], rounds: int) -> list[str]:
    pages = samples(folder)
    speeds = pages_a_second(runs, [page.content for page in pages], rounds)
    base = speeds.get("trafilatura, precision", math.nan)
    lines = [f"## {folder}: {len(pages)} pages", "", HEAD]
    texts = {name: [attempt(run, p.content) for p in pages] for name, run in runs.items()}
    lines += [row_of(name, pages, texts[name], speeds[name], base) for name in runs]
    lines += ["", f"### F1 by page: {folder}", "", "| page | " + " | ".join(runs) + " |"]
    lines.append("|---" * (len(runs) + 1) + "|")
    for at, page in enumerate(pages):
        if page.paragraphs:
            cells = [f"{score(page, texts[name][at]).f1:.3f}" for name in runs]
        else:
            cells = ["refused" if len(texts[n][at]) < LEAST_CHARS else "read" for n in runs]
        lines.append(f"| {page.name} | {' | '.join(cells)} |")
    print("\n".join(lines[: 3 + len(runs)]), flush=True)
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=3, help="rounds over all pages for the speed")
    parser.add_argument("--skip", nargs="*", default=[], help="extractors to leave out")
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    runs: dict[str, Extractor] = {}
    for name, make in EXTRACTORS.items():
        if name in arguments.skip:
            continue
        try:
            runs[name] = make()
        except ImportError as error:
            print(f"{name} left out: {error}")
    lines = ["# Extraction: measured", "", "Written by `python bench/extraction/measure.py`.", ""]
    for folder in ("pages", "extraction"):
        lines += measure(folder, runs, arguments.rounds)
    notes = (HERE / "NOTES.md").read_text("utf-8")
    (HERE / "RESULTS.md").write_text("\n".join([*lines, notes]), "utf-8")


if __name__ == "__main__":
    main()

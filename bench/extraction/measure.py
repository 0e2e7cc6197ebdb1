"""How well and how fast extractors find the article on `../shared/data/extraction`.

Ours beside trafilatura (default and precision mode), readability-lxml, newspaper4k and gne.
The others are needed by this bench only:

    pip install readability-lxml lxml_html_clean newspaper4k jieba gne
    python bench/extraction/measure.py            # prints, and writes RESULTS.md beside this file

Precision, recall and F1 are over character 4-grams, white space aside. What the page must not
let be heard ("leaks") is looked for in title and text. Speed is the median of several rounds
over all pages in one thread, after one round to warm up.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE.parents[1].parent / "shared" / "data" / "extraction"
GRAM = 4
SLOW_S = 20.0
"""An extractor whose warm-up round takes longer is timed by that round alone."""
Extractor = Callable[[bytes], tuple[str, str]]
"""A page's bytes to its title and text; raises whatever its library raises."""


@dataclass(frozen=True)
class Score:
    precision: float
    recall: float
    f1: float
    leaks: int
    title_exact: bool


def grams(text: str) -> Counter[str]:
    packed = "".join(text.split())
    return Counter(packed[i : i + GRAM] for i in range(len(packed) - GRAM + 1))


def score(page: dict[str, object], title: str, text: str) -> Score:
    wanted, got = grams("".join(page["paragraphs"])), grams(text)  # type: ignore[arg-type]
    common = sum((wanted & got).values())
    precision = common / max(1, sum(got.values()))
    recall = common / max(1, sum(wanted.values()))
    f1 = 2 * precision * recall / (precision + recall) if common else 0.0
    heard = "".join((title + text).split())
    leaks = sum("".join(bad.split()) in heard for bad in page["must_not_contain"])  # type: ignore[attr-defined]
    return Score(precision, recall, f1, leaks, title == page["title"])


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


def pages_a_second(run: Extractor, contents: list[bytes], rounds: int) -> float:
    times = []
    for _ in range(rounds + 1):
        start = time.perf_counter()
        for content in contents:
            attempt(run, content)
        times.append(time.perf_counter() - start)
        if times[0] > SLOW_S:
            return len(contents) / times[0]
    return len(contents) / statistics.median(times[1:])


def attempt(run: Extractor, content: bytes) -> tuple[str, str]:
    """What the extractor found; an extractor that fails found nothing."""
    try:
        return run(content)
    except Exception as error:
        warnings.warn(f"{type(error).__name__}: {error}", stacklevel=1)
        return "", ""


def mean(scores: list[Score]) -> str:
    def of(name: str) -> float:
        return statistics.fmean(getattr(s, name) for s in scores)

    titles = sum(s.title_exact for s in scores)
    return (
        f"{of('precision'):.3f} | {of('recall'):.3f} | **{of('f1'):.3f}** | "
        f"{sum(s.leaks for s in scores)} | {titles}/{len(scores)}"
    )


def table(
    pages: list[dict[str, object]], results: dict[str, list[Score]], speed: dict[str, float]
) -> str:
    def select(scores: list[Score], script: str) -> list[Score]:
        return [s for s, page in zip(scores, pages, strict=True) if page["script"] == script]

    lines = [
        "# Extraction: measured",
        "",
        f"Written by `python bench/extraction/measure.py` on {len(pages)} pages of "
        "`../shared/data/extraction`. "
        "Precision, recall and F1 over character 4-grams, white space aside.",
        "",
        "| extractor | precision | recall | F1 | leaks | exact titles | F1 Traditional "
        "| F1 Simplified | pages a second |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, scores in results.items():
        by_script = [
            f"{statistics.fmean(s.f1 for s in select(scores, script)):.3f}"
            for script in ("hant", "hans")
        ]
        lines.append(f"| {name} | {mean(scores)} | {' | '.join(by_script)} | {speed[name]:.3g} |")
    lines += [
        "",
        "## F1 by page",
        "",
        "| page | " + " | ".join(results) + " |",
        "|---" * (len(results) + 1) + "|",
    ]
    for at, page in enumerate(pages):
        lines.append(
            f"| {page['id']} | "
            + " | ".join(f"{scores[at].f1:.3f}" for scores in results.values())
            + " |"
        )
    return "\n".join([*lines, "", (HERE / "NOTES.md").read_text("utf-8")])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="rounds over all pages for the speed")
    parser.add_argument("--skip", nargs="*", default=[], help="extractors to leave out")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    warnings.simplefilter("ignore")
    pages = [json.loads(line) for line in (CORPUS / "pages.jsonl").read_text("utf-8").splitlines()]
    contents = [(CORPUS / str(page["html"])).read_bytes() for page in pages]
    results: dict[str, list[Score]] = {}
    speed: dict[str, float] = {}
    for name, make in EXTRACTORS.items():
        if name in arguments.skip:
            continue
        try:
            run = make()
        except ImportError as error:
            print(f"{name} left out: {error}")
            continue
        results[name] = [score(p, *attempt(run, c)) for p, c in zip(pages, contents, strict=True)]
        speed[name] = pages_a_second(run, contents, rounds)
        print(f"{name}: {mean(results[name])}, {speed[name]:.3g} pages a second", flush=True)
    (HERE / "RESULTS.md").write_text(table(pages, results, speed), "utf-8")


if __name__ == "__main__":
    main()

"""Our spoken forms beside those of other Chinese normalisers: exact readings, and speed.

    pip install -e . WeTextProcessing wetext cn2an zh-normalization
    python bench/normalisation/run.py > bench/normalisation/RESULTS.md

A peer that is not installed is left out. Readings are compared in Taiwan's characters (OpenCC
s2twp), without white space and in full-width punctuation, so that nobody loses a point for a
character form or a comma. Peers that read Simplified text only are given it in Simplified.
"""

from __future__ import annotations

import json
import re
import time
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from reader.script import speak_form
from reader.script.taiwan import convert

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared/data"
CASES = ROOT / "tests/script"
Normaliser = Callable[[str], str]
Case = tuple[str, str]


def peers() -> dict[str, Normaliser]:
    """Name and version of each normaliser that is here, with its function."""
    found: dict[str, Normaliser] = {"tingwen": speak_form}
    for package, make in {
        "WeTextProcessing": _wetextprocessing,
        "wetext": _wetext,
        "cn2an": _cn2an,
        "zh-normalization": _zh_normalization,
    }.items():
        try:
            found[f"{package} {version(package)}"] = make()
        except ImportError:
            continue
    return found


def _wetextprocessing() -> Normaliser:
    from tn.chinese.normalizer import Normalizer

    normalise: Normaliser = Normalizer().normalize
    return normalise


def _wetext() -> Normaliser:
    from wetext import Normalizer

    normalise: Normaliser = Normalizer(lang="zh", operator="tn").normalize
    return normalise


def _cn2an() -> Normaliser:
    import cn2an

    return lambda text: str(cn2an.transform(text, "an2cn"))


def _zh_normalization() -> Normaliser:
    from zh_normalization import TextNormalizer

    normaliser = TextNormalizer()
    return lambda text: "".join(normaliser.normalize(text))


def sets() -> dict[str, list[Case]]:
    """The case sets: published ones as they are, the same judged for Taiwan, and our own."""
    rows = [
        line.split("\t")
        for line in (CASES / "taiwan_cases.tsv").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    found = {f"Taiwan news, ours ({len(rows)})": [(row[1], row[2]) for row in rows]}
    path = SHARED / "normalisation.jsonl"
    if not path.exists():
        return found
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for source in ("wetextprocessing", "nemo"):
        own = [(case["input"], case["expected"]) for case in cases if case["source"] == source]
        found[f"{source}, as published ({len(own)})"] = own
    judged = _judged(cases)
    found[f"both, judged for Taiwan ({len(judged)})"] = judged
    return found


def _judged(cases: list[dict[str, str]]) -> list[Case]:
    overrides = tomllib.loads((CASES / "normalisation_overrides.toml").read_text("utf-8"))
    different = {int(k): v["say"] for k, v in overrides["different"].items()}
    return [
        (case["input"], different.get(number, case["expected"]))
        for number, case in enumerate(cases)
        if str(number) not in overrides["not_for_news"]
    ]


def plain(text: str) -> str:
    """A reading for comparison."""
    text = convert(convert(text, "t2s"), "s2twp").translate(str.maketrans(",!?:.", "，！？：。"))
    return re.sub(r"\s", "", text).replace("臺", "台")


def right(normalise: Normaliser, cases: list[Case]) -> int:
    """How many cases are read exactly."""
    count = 0
    for written, said in cases:
        # A peer that raises has not read the case.
        try:
            given = normalise(written)
            if plain(given) != plain(said):
                given = normalise(convert(written, "t2s"))
        except Exception:
            given = ""
        count += plain(given) == plain(said)
    return count


def chars_per_second(normalise: Normaliser, texts: list[str]) -> float:
    """Best of three runs over the texts, after one run to warm up."""
    best = 0.0
    for _ in range(4):
        start = time.perf_counter()
        for text in texts:
            try:
                normalise(text)
            except Exception:
                continue
        best = max(best, sum(map(len, texts)) / (time.perf_counter() - start))
    return best


def main() -> None:
    """Prints the tables in Markdown."""
    found, cases = peers(), sets()
    print("# Normalisers, side by side\n\nMade by `bench/normalisation/run.py`; see there how.\n")
    print("Exact readings:\n\n| | " + " | ".join(found) + " |\n|---|" + "---:|" * len(found))
    for name, rows in cases.items():
        print(f"| {name} | " + " | ".join(str(right(f, rows)) for f in found.values()) + " |")
    news = [written for written, _ in next(iter(cases.values()))]
    article = ROOT / "bench/normalisation/news.txt"
    prose = [line for line in article.read_text("utf-8").splitlines() if line]
    print("\nCharacters a second, one core (in brackets: how many times ours is faster):\n")
    print("| | " + " | ".join(found) + " |\n|---|" + "---:|" * len(found))
    for name, texts in {"the Taiwan cases": news, "news sentences": prose}.items():
        rates = [chars_per_second(f, texts) for f in found.values()]
        shown = [f"{rate:,.0f} ({rates[0] / rate:.1f})" for rate in rates]
        print(f"| {name} | " + " | ".join(shown) + " |")


if __name__ == "__main__":
    main()

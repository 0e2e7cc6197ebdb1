"""Readings of polyphones against three marked sets.

    python -m bench.polyphones.evaluate ../shared/data [--errors]

1. `polyphones_dev.jsonl`, Mainland readings: one marked character a sentence (mark: 97.3 %).
2. `taiwan_readings.jsonl`: words and characters by themselves (mark: 98 %).
3. `taiwan_sentences.tsv`, ours: the commonest of those words in sentences of news style.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reader.pronunciation.han import Accent, han_readings
from reader.pronunciation.tokens import runs

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Case:
    """A text in which the syllables from `start` on should be `expected`."""

    text: str
    start: int
    expected: tuple[str, ...]


def _syllables(marked: str) -> tuple[str, ...]:
    return tuple(marked.replace("u:", "v").replace(" r5", " er5").split())


def mainland_cases(folder: Path) -> Iterator[Case]:
    for row in _rows(folder / "polyphones_dev.jsonl"):
        yield Case(row["text"], row["index"], _syllables(row["pinyin"]))


def taiwan_cases(folder: Path) -> Iterator[Case]:
    for row in _rows(folder / "taiwan_readings.jsonl"):
        yield Case(row["trad"], 0, _syllables(row["taiwan"]))


def sentence_cases() -> Iterator[Case]:
    table = (_HERE / "taiwan_sentences.tsv").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            word, expected, sentence = line.split("\t")
            yield Case(sentence, sentence.index(word), _syllables(expected))


def _rows(path: Path) -> Iterator[dict[str, str]]:
    for line in path.read_text("utf-8").splitlines():
        yield json.loads(line)


def read(case: Case, accent: Accent) -> tuple[str | None, ...]:
    """The syllables, before sandhi, where the case has its expected ones."""
    readings = han_readings(case.text, list(runs(case.text)), accent).readings
    return readings[case.start : case.start + len(case.expected)]


def score(name: str, cases: list[Case], accent: Accent, *, show_errors: bool) -> float:
    """Share of cases read as expected, printed as one line."""
    missed = [case for case in cases if read(case, accent) != case.expected]
    share = 1 - len(missed) / len(cases)
    print(f"{name}: {share:.2%} of {len(cases)}")
    for case in missed if show_errors else ():
        said = " ".join(str(s) for s in read(case, accent))
        print(f"  {case.text} @{case.start}: {said}, not {' '.join(case.expected)}")
    return share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--errors", action="store_true", help="list every miss")
    options = parser.parse_args()
    sets: tuple[tuple[str, list[Case], Accent], ...] = (
        ("Mainland, in context", list(mainland_cases(options.data)), "cn"),
        ("Taiwan, by themselves", list(taiwan_cases(options.data)), "tw"),
        ("Taiwan, in news sentences", list(sentence_cases()), "tw"),
    )
    for name, cases, accent in sets:
        score(name, cases, accent, show_errors=options.errors)


if __name__ == "__main__":
    main()

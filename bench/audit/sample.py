"""Prints every k-th sentence of a source for a reader to judge: what is said, and how.

    python -m bench.audit.sample FILE.txt --count 1000 [--phase 0.5] [--reverse]

Each line: number and the spoken form with our reading after every character that a reader should
look at: one that another reader says in another way which exists in Taiwan (`*`), one of the
commonest polyphones where it is a word by itself, and one that is not read as most often in the
sample. A character without a reading has its commonest. `--phase` says where in each step of k
sentences to take one; `--reverse` prints the last first, for a second reading in another order.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.audit.find import disagreements, ours
from reader.pronunciation.dictionary_words import official_readings
from reader.pronunciation.segment import cut_words
from reader.script import speak_form, split_sentences
from reader.script.zhuyin import zhuyin

_WATCHED = frozenset("為長得處還當重率應將曾任單地著數調間給中分好")
_SHORTEST = 6


def sample(path: Path, count: int, phase: float) -> list[str]:
    """`count` sentences, every k-th of the file."""
    found = [
        sentence.strip()
        for line in path.read_text("utf-8").splitlines()
        for sentence in split_sentences(line)
        if len(sentence.strip()) >= _SHORTEST
    ]
    step = max(1, len(found) // count)
    return found[int(step * phase) :: step][:count]


def _alone(text: str) -> set[int]:
    """The places of characters that are words by themselves."""
    places, at = set(), 0
    for word in cut_words(text):
        if len(word) == 1:
            places.add(at)
        at += len(word)
    return places


def commonest(texts: Iterable[str]) -> dict[str, str]:
    """The reading that each character has most often in these texts."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        for character, reading in zip(text, ours(text), strict=True):
            if reading is not None:
                counts[character][reading] += 1
    return {character: found.most_common(1)[0][0] for character, found in counts.items()}


def annotated(text: str, common: Mapping[str, str]) -> str:
    """The spoken form with our 注音 where a reader should look."""
    said, alone = ours(text), _alone(text)
    parted = {
        at
        for at, _, others in disagreements(text)
        if any(other in official_readings().get(text[at], ()) for other in others.values())
    }
    out = []
    for at, character in enumerate(text):
        out.append(character)
        reading = said[at]
        watched = character in _WATCHED and at in alone
        if reading is not None and (at in parted or watched or common.get(character) != reading):
            out.append(f"{zhuyin(reading)}{'*' if at in parted else ''}")
    return "".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--phase", type=float, default=0.5)
    parser.add_argument("--reverse", action="store_true")
    parser.add_argument("--written", action="store_true", help="print the text as written, too")
    options = parser.parse_args()
    texts = sample(options.file, options.count, options.phase)
    numbered = [(number, text, speak_form(text)) for number, text in enumerate(texts)]
    common = commonest(spoken for _, _, spoken in numbered)
    for number, text, spoken in reversed(numbered) if options.reverse else numbered:
        print(number, annotated(spoken, common))
        if options.written:
            print("   <", text)
    print(f"{len(numbered)} sentences, {sum(map(len, texts))} characters")


if __name__ == "__main__":
    main()

"""Prints every k-th sentence of a source for a reader to judge: what is said, and how.

    python -m bench.audit.sample FILE.txt --count 1000 [--chunk N] [--reverse]

Each line: number, the spoken form with our reading after every character that another reader
reads otherwise or that has several readings in news; `<` the text as written, where it differs.
`--reverse` prints the chunks from the last, for a second reading in another order.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.audit.find import disagreements, ours
from reader.script import speak_form, split_sentences
from reader.script.zhuyin import zhuyin

_WATCHED = frozenset(
    "為長得處還當中重數率應將曾任單地著了行調教相種都更更給分好間量難倒倒切強興空曲冠卷藏樂朝露沒少降任彈參轉"
)
_SHORTEST = 6


def sample(path: Path, count: int) -> list[str]:
    """`count` sentences, every k-th of the file."""
    found = [
        sentence.strip()
        for line in path.read_text("utf-8").splitlines()
        for sentence in split_sentences(line)
        if len(sentence.strip()) >= _SHORTEST
    ]
    step = max(1, len(found) // count)
    return found[step // 2 :: step][:count]


def annotated(text: str) -> str:
    """The spoken form with our 注音 where a reader should look, `*` where others disagree."""
    said = ours(text)
    parted = {at: others for at, _, others in disagreements(text)}
    out = []
    for at, character in enumerate(text):
        out.append(character)
        reading = said[at]
        if reading is not None and (at in parted or character in _WATCHED):
            out.append(f"{zhuyin(reading)}{'*' if at in parted else ''}")
    return "".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--chunk", type=int, default=250)
    parser.add_argument("--reverse", action="store_true")
    options = parser.parse_args()
    numbered = list(enumerate(sample(options.file, options.count)))
    chunks = [numbered[at : at + options.chunk] for at in range(0, len(numbered), options.chunk)]
    characters = 0
    for chunk in reversed(chunks) if options.reverse else chunks:
        for number, text in chunk:
            spoken = speak_form(text)
            characters += len(text)
            print(number, annotated(spoken))
            if spoken != text:
                print("   <", text)
    print(f"{len(numbered)} sentences, {characters} characters")


if __name__ == "__main__":
    main()

"""Lays our script of a folder of plain text beside every other reader that is installed.

    python -m bench.audit.find FOLDER [--every K] [--least N]

For readings: per character and pair of readings how often ours and the others part, with
sentences. For spoken forms: each kind of span that was changed, with its commonest examples.
Other readers: pypinyin (phrases), g2pM (context) and the words of 教育部's dictionary.
"""

from __future__ import annotations

import argparse
import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from reader.pronunciation.context_model import context_model
from reader.pronunciation.han import han_readings
from reader.pronunciation.moedict import moedict
from reader.pronunciation.tokens import runs
from reader.script import speak_form, split_sentences
from reader.script.simplify import simplified

Reader = Callable[[str], list[str | None]]
_HAN = re.compile(r"[\u4e00-\u9fff]")
_AROUND = 9
_LONGEST_WORD = 6


def sentences(folder: Path) -> Iterator[str]:
    """The sentences of every `.txt` file, as written."""
    for path in sorted(folder.glob("*.txt")):
        for line in path.read_text("utf-8").splitlines():
            yield from (s.strip() for s in split_sentences(line) if s.strip())


def ours(text: str) -> list[str | None]:
    """Our readings, before sandhi; None where no Han character stands."""
    return list(han_readings(text, list(runs(text)), "tw").readings)


def by_phrases(text: str) -> list[str | None]:
    """pypinyin's, Mainland's; one an item."""
    pypinyin = import_module("pypinyin")
    said = pypinyin.lazy_pinyin(
        simplified(text), style=pypinyin.Style.TONE3, neutral_tone_with_five=True, errors=list
    )
    found = [
        s.replace("ü", "v") if _HAN.match(c) else None for s, c in zip(said, text, strict=False)
    ]
    return found if len(said) == len(text) else [None] * len(text)


def by_context(text: str) -> list[str | None]:
    """g2pM's, Mainland's, for polyphones."""
    model, plain = context_model(), simplified(text)
    places = [i for i, c in enumerate(plain) if len(model.candidates(c)) > 1]
    found: list[str | None] = [None] * len(text)
    for at, guess in zip(places, model(plain, places), strict=True):
        found[at] = guess or None
    return found


def by_official_words(text: str) -> list[str | None]:
    """教育部's, for the words by longest match from the left."""
    found: list[str | None] = [None] * len(text)
    at = 0
    while at < len(text):
        length = next(
            (n for n in range(_LONGEST_WORD, 1, -1) if text[at : at + n] in moedict().words), 1
        )
        if length > 1:
            found[at : at + length] = moedict().words[text[at : at + length]]
        at += length
    return found


READERS: dict[str, Reader] = {
    "pypinyin": by_phrases,
    "g2pM": by_context,
    "moedict": by_official_words,
}


def disagreements(text: str) -> Iterator[tuple[int, str, dict[str, str]]]:
    """(place, our reading, what the others say) where another reader says otherwise."""
    said = ours(text)
    others = {name: read(text) for name, read in READERS.items()}
    for at, reading in enumerate(said):
        if reading is None:
            continue
        parted = {n: r for n, rs in others.items() if (r := rs[at]) is not None and r != reading}
        if parted:
            yield at, reading, parted


def changed_spans(text: str, spoken: str) -> Iterator[tuple[str, str]]:
    """(as written, as said) for each stretch that the spoken form changes."""
    matcher = difflib.SequenceMatcher(None, text, spoken, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield text[a:b], spoken[c:d]


def kind_of(written: str) -> str:
    """The shape of a span: digits as 9, letters as A and a, Han as 漢."""
    shape = re.sub(r"\d+", "9", written)
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", _HAN.sub("漢", shape)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=1, help="every k-th sentence")
    parser.add_argument("--least", type=int, default=2, help="leave out what is rarer")
    options = parser.parse_args()
    readings: defaultdict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    characters = 0
    for number, text in enumerate(sentences(options.folder)):
        if number % options.every:
            continue
        spoken = speak_form(text)
        characters += len(text)
        for written, said in changed_spans(text, spoken):
            forms[kind_of(written)][f"{written} → {said}"] += 1
        for at, reading, parted in disagreements(spoken):
            around = (
                f"{spoken[max(0, at - _AROUND) : at]}[{spoken[at]}]{spoken[at + 1 : at + _AROUND]}"
            )
            for name, other in parted.items():
                readings[spoken[at], reading, f"{name} {other}"][around] += 1
    print(f"{characters} characters")
    for (character, reading, other), places in sorted(
        readings.items(), key=lambda item: -sum(item[1].values())
    ):
        if (count := sum(places.values())) >= options.least:
            print(character, reading, "|", other, count, " ｜ ".join(list(places)[:6]))
    for kind, examples in sorted(forms.items(), key=lambda item: -sum(item[1].values())):
        if (count := sum(examples.values())) >= options.least:
            print(kind, count, " ｜ ".join(e for e, _ in examples.most_common(6)))


if __name__ == "__main__":
    main()

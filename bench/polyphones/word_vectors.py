"""Makes vectors of words from running text: words that stand beside the same words are alike.

    python -m bench.polyphones.word_vectors TEXT.txt … OUT.npz

Needs `scipy`. Counts the words within three places on either side, nearer ones for more, takes the
positive pointwise mutual information (contexts smoothed by 0.75; Levy, Goldberg and Dagan 2015)
and keeps the first singular vectors of that table. No sentence is kept in them.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.linalg import svds

from reader.pronunciation.segment import word_lengths

N_WORDS = 12_000
N_DIMENSIONS = 48
_WINDOW = 3
_SMOOTHING = 0.75
_PIECE = re.compile("[\u3007\u3400-\u9fff]+|[^\\s\u3007\u3400-\u9fff]")
_APART = "為"


def words_of(line: str) -> Iterator[str]:
    """The words of a line and its signs, 為 apart from what the segmenter joins it to."""
    for piece in _PIECE.findall(line):
        if not "\u3007" <= piece[0] <= "\u9fff":
            yield piece
            continue
        rest = iter(piece)
        for length in word_lengths(piece):
            word = "".join(islice(rest, length))
            is_joined = word.startswith(_APART) and length > 1
            yield from (word[:1], word[1:]) if is_joined else (word,)


def mutual_information(lines: Iterable[list[str]], numbers: dict[str, int]) -> csr_matrix:
    """[words, 2 × words], the positive values alone: words before and behind."""
    counts: Counter[tuple[int, int]] = Counter()
    for line in lines:
        places = [numbers.get(word, -1) for word in line]
        for distance in range(1, _WINDOW + 1):
            for one, other in zip(places, places[distance:], strict=False):
                if one >= 0 and other >= 0:
                    counts[one, 2 * other + 1] += 1 / distance  # type: ignore[assignment]
                    counts[other, 2 * one] += 1 / distance  # type: ignore[assignment]
    rows, columns = np.array(list(counts), np.int32).T
    values = np.array(list(counts.values()))
    shape = (len(numbers), 2 * len(numbers))
    table = coo_matrix((values, (rows, columns)), shape=shape)
    of_word = np.asarray(table.sum(1)).ravel()
    of_context = np.asarray(table.sum(0)).ravel() ** _SMOOTHING
    of_context *= of_word.sum() / of_context.sum()
    information = np.log(values * of_word.sum() / (of_word[rows] * of_context[columns]))
    kept = information > 0
    return csr_matrix((information[kept], (rows[kept], columns[kept])), shape=shape)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("text", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    lines = [list(words_of(line)) for path in options.text for line in path.open(encoding="utf-8")]
    commonest = Counter(word for line in lines for word in line).most_common(N_WORDS)
    words = [word for word, _ in commonest]
    table = mutual_information(lines, {word: number for number, word in enumerate(words)})
    left, sizes, _ = svds(table.astype(np.float32), k=N_DIMENSIONS, random_state=1)
    vectors = left * np.sqrt(sizes)
    np.savez(options.out, words=np.array(words), vectors=(vectors / vectors.std()).astype("f4"))


if __name__ == "__main__":
    main()

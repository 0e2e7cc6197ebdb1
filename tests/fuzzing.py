"""How long the fuzzers run: a bounded number of cases with fixed seeds by default, more by hand.

TINGWEN_FUZZ_CASES=200000 python -m pytest tests -m fuzz
"""

from __future__ import annotations

import os
import random
from typing import Final

_CASES: Final = os.environ.get("TINGWEN_FUZZ_CASES", "")
_SEED: Final = os.environ.get("TINGWEN_FUZZ_SEED", "")
"""Read before the tests begin, which run without any settings."""


def n_cases(usual: int) -> int:
    """How many cases a fuzzer tries."""
    return int(_CASES or usual)


def chance_of(case: int, what: str) -> random.Random:
    """The chance of one case, the same wherever and whenever it is tried."""
    return random.Random(f"{what} {case} {_SEED}")

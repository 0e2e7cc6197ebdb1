"""How long the fuzzers run: a bounded number of cases with fixed seeds by default, more by hand.

TINGWEN_FUZZ_CASES=200000 python -m pytest tests -m fuzz
"""

from __future__ import annotations

import os
import random


def n_cases(usual: int) -> int:
    """How many cases a fuzzer tries."""
    return int(os.environ.get("TINGWEN_FUZZ_CASES", usual))


def chance_of(case: int, what: str) -> random.Random:
    """The chance of one case, the same wherever and whenever it is tried."""
    return random.Random(f"{what} {case} {os.environ.get('TINGWEN_FUZZ_SEED', '')}")

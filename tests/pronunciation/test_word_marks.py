"""The marks that bench/polyphones sets, on samples small enough for every run."""

from pathlib import Path

import pytest

from bench.polyphones.evaluate import mainland_cases, score, sentence_cases, taiwan_cases

DATA = Path(__file__).parents[3] / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="../shared is not here")


@needs_data
def test_mainland_readings_in_context() -> None:
    cases = list(mainland_cases(DATA))[::8]
    assert score("Mainland", cases, "cn", show_errors=True) >= 0.97


@needs_data
def test_taiwan_readings_of_words_by_themselves() -> None:
    cases = list(taiwan_cases(DATA))
    assert score("Taiwan", cases, "tw", show_errors=True) >= 0.94


def test_taiwan_readings_in_sentences() -> None:
    cases = list(sentence_cases())
    assert score("Taiwan", cases, "tw", show_errors=True) >= 0.98

"""Speech is brought to its level before it is encoded, and its peaks rounded off."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from reader.loudness import active_lufs
from reader.mpeg import decode, is_silent
from reader.voices.levelling import encode_at_level, limit_peaks


def speech(level: float, seed: int = 1, seconds: float = 1.5) -> NDArray[np.float32]:
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, level, round(seconds * 24_000))
    syllables = np.abs(np.sin(np.arange(len(noise)) / 24_000 * np.pi * 4)) ** 3
    return (noise * syllables).astype(np.float32)


@given(st.floats(0.01, 3.0), st.integers(0, 99), st.floats(0.05, 0.9))
@settings(max_examples=50, deadline=None)
def test_no_sample_passes_the_ceiling_and_quiet_ones_stay(
    level: float, seed: int, ceiling: float
) -> None:
    samples = speech(level, seed, 0.3)
    out = limit_peaks(samples, ceiling)
    assert np.abs(out).max() <= ceiling * 1.000001
    assert (np.abs(out) <= np.abs(samples) * 1.000001).all()
    assert (np.sign(out) * np.sign(samples) >= 0).all()
    if np.abs(samples).max() <= ceiling:
        assert np.array_equal(out, samples)


def test_the_limiter_glides() -> None:
    samples = np.full(4800, 0.2, np.float32)
    samples[2400] = 0.9
    gains = limit_peaks(samples, 0.5) / samples
    assert gains[2400] == pytest.approx(0.5 / 0.9, abs=0.01)
    assert (gains[:900] == 1).all() and (gains[3900:] == 1).all(), "within sixty milliseconds"
    assert np.abs(np.diff(gains)).max() < 0.001, "slower than any wave of a voice"


@pytest.mark.parametrize("level", [0.05, 0.1, 0.2])
def test_any_level_of_speech_is_brought_to_one(level: float) -> None:
    frames, found = encode_at_level(speech(level))
    assert active_lufs(decode(frames)) == pytest.approx(-14.3, abs=0.7)
    assert found.true_peak_dbtp <= -1


def test_louder_is_louder_and_never_clipped() -> None:
    usual, loud = (encode_at_level(speech(0.05), volume) for volume in (1.0, 1.5))
    assert active_lufs(decode(loud[0])) > active_lufs(decode(usual[0])) + 1.5
    assert loud[1].true_peak_dbtp <= -1


def test_silence_stays_silent() -> None:
    frames, level = encode_at_level(np.zeros(4800, np.float32))
    assert is_silent(frames) or not decode(frames).any()
    assert not level.is_heard

"""Louder and softer without encoding: exact, and undone bit for bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import BadAudio
from reader.mpeg import (
    GAIN_STEP_DB,
    canonical_frames,
    decode,
    encode_pcm,
    gain_range,
    silence,
    with_gain,
    without_inaudible,
)
from tests.sound import tone

SPEECH = canonical_frames(encode_pcm(tone(0.8, 300))) + silence(3)
RANGE = gain_range(SPEECH) or (0, 0)


@pytest.mark.parametrize("n_steps", [-9, -1, 1, 4])
def test_the_decoded_sound_is_scaled_by_exactly_the_gain(n_steps: int) -> None:
    before, after = decode(SPEECH), decode(with_gain(SPEECH, n_steps))
    wanted = before * 10 ** (n_steps * GAIN_STEP_DB / 20)
    assert np.abs(after - wanted).max() < 1e-5


@given(st.integers(-RANGE[0], 255 - RANGE[1]))
def test_every_change_is_undone_bit_for_bit(n_steps: int) -> None:
    changed = with_gain(SPEECH, n_steps)
    assert with_gain(changed, -n_steps) == SPEECH
    assert gain_range(changed) == (RANGE[0] + n_steps, RANGE[1] + n_steps)
    assert len(canonical_frames(changed)) == len(SPEECH)


@pytest.mark.parametrize("n_steps", [-RANGE[0] - 1, 256 - RANGE[1], 1000])
def test_what_the_format_cannot_hold_is_refused(n_steps: int) -> None:
    with pytest.raises(BadAudio, match="the gain cannot be changed"):
        with_gain(SPEECH, n_steps)


def test_what_cannot_be_heard_leaves_room_for_less() -> None:
    """LAME codes almost nothing at a gain of 0; emptied, the whole can be made softer."""
    fading = np.random.default_rng(1).normal(0, 1, 24_000) * np.linspace(2000, 0, 24_000)
    pcm = fading.astype("<i2")
    pcm[20_000:] = 0
    pcm[21_000::4000] = 1
    plain = canonical_frames(encode_pcm(pcm.tobytes()))
    low = with_gain(plain, -(gain_range(plain) or (0, 0))[0])
    heard = without_inaudible(low)
    assert (gain_range(low) or (0, 0))[0] == 0 < (gain_range(heard) or (0, 0))[0]
    assert np.abs(decode(heard) - decode(low)).max() < 10 ** (-100 / 20)
    assert without_inaudible(heard) is heard
    assert canonical_frames(with_gain(heard, -20)) == with_gain(heard, -20)


def test_silence_has_no_gain() -> None:
    assert gain_range(silence(4)) is None
    assert with_gain(silence(4), 7) == silence(4)


def test_half_a_frame_is_refused() -> None:
    with pytest.raises(BadAudio, match="whole frames"):
        gain_range(SPEECH[:-1])

"""Trimming by whole frames: what is left decodes to what it was."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from reader.mpeg import BYTES_PER_FRAME, SAMPLES_PER_FRAME, canonical_frames, encode_pcm, silence
from reader.voices.frame_levels import levels_dbfs
from reader.voices.trim import LEAD_MS, TAIL_MS, trim_silence
from tests.sound import decoded

RATE_HZ = 24_000


def noise_between(lead_s: float, sound_s: float, tail_s: float) -> bytes:
    """Canonical frames of noise between silences: noise keeps the bit reservoir in use."""
    rng = np.random.default_rng(1)
    sound = rng.normal(0, 4000, round(sound_s * RATE_HZ))
    parts = (np.zeros(round(lead_s * RATE_HZ)), sound, np.zeros(round(tail_s * RATE_HZ)))
    return canonical_frames(encode_pcm(np.concatenate(parts).astype("<i2").tobytes()))


def by_libsndfile(frames: bytes) -> NDArray[np.float64]:
    samples: NDArray[np.float64] = soundfile.read(io.BytesIO(frames))[0]
    return samples


def by_ffmpeg(frames: bytes, path: Path) -> NDArray[np.float64]:
    path.write_bytes(frames)
    return decoded(path) / 32768


@pytest.mark.parametrize("lead_s", [0.0, 0.02, 0.07, 0.1, 0.13, 0.16, 0.5, 2.0])
@pytest.mark.parametrize("tail_s", [0.0, 0.9])
def test_the_sound_is_the_same_to_every_decoder(
    tmp_path: Path, lead_s: float, tail_s: float
) -> None:
    frames = noise_between(lead_s, 0.7, tail_s)
    kept, n_removed = trim_silence(frames, levels_dbfs(frames))
    for decode in (by_libsndfile, lambda data: by_ffmpeg(data, tmp_path / "x.mp3")):
        before = decode(frames)[n_removed * SAMPLES_PER_FRAME :]
        after = decode(kept)
        n = min(len(before), len(after))
        assert np.abs(before[:n] - after[:n]).max() < 2e-3
    assert canonical_frames(kept) == kept
    margins_s = (LEAD_MS + TAIL_MS) / 1000
    assert len(kept) // BYTES_PER_FRAME * 0.024 < 0.7 + margins_s + 4 * 0.024


def test_no_frame_with_sound_is_changed() -> None:
    frames = noise_between(0.5, 0.7, 0.9)
    kept, n_removed = trim_silence(frames, levels_dbfs(frames))
    lead = (LEAD_MS // 24) * BYTES_PER_FRAME
    start = n_removed * BYTES_PER_FRAME
    assert kept[lead:] == frames[start + lead : start + len(kept)]


def test_silence_is_left_alone() -> None:
    frames = silence(20)
    assert trim_silence(frames, levels_dbfs(frames)) == (frames, 0)


def test_nothing_to_trim_is_nothing_trimmed() -> None:
    frames = noise_between(0, 0.7, 0)
    assert trim_silence(frames, levels_dbfs(frames))[1] == 0

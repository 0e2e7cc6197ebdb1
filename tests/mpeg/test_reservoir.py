"""Clips cut out of a stream, and what the Info frame says: nothing heard that was not sent."""

from __future__ import annotations

import numpy as np
import pytest

from reader.errors import BadAudio
from reader.mpeg import (
    BYTES_PER_FRAME,
    INFO_FRAME_BYTES,
    SAMPLES_PER_FRAME,
    accept_frames,
    canonical_frames,
    decode,
    foreign_frames,
    info_frame,
    read_frames,
    silence,
)
from reader.voices import Prosody
from reader.voices.speech_check import check_speech
from tests.mpeg.test_fuzz import ONE, OTHER

NEEDY = [n for n, frame in enumerate(read_frames(ONE)) if frame.main_data_begin]


@pytest.mark.parametrize("n_cut", NEEDY[:8])
def test_a_clip_without_its_beginning_is_silent_until_it_can_be_heard(n_cut: int) -> None:
    cut = ONE[n_cut * BYTES_PER_FRAME :]
    with pytest.raises(BadAudio, match=r"needs \d+ bytes of an earlier frame that is missing"):
        canonical_frames(cut)
    freed = foreign_frames(cut)
    assert len(freed) == len(cut)
    whole, alone = decode(ONE), decode(freed)
    n_emptied = sum(
        a.data != b.data for a, b in zip(read_frames(cut), read_frames(freed), strict=True)
    )
    assert 1 <= n_emptied <= 2
    # Three frames on: those that were emptied, and the overlap of the first that was not.
    at = (n_emptied + 2) * SAMPLES_PER_FRAME
    assert np.allclose(alone[at:], whole[n_cut * SAMPLES_PER_FRAME + at :], atol=1e-6)


@pytest.mark.parametrize("n_cut", NEEDY[:4])
def test_it_is_heard_alike_after_another_clip(n_cut: int) -> None:
    freed = foreign_frames(ONE[n_cut * BYTES_PER_FRAME :])
    joined = decode(OTHER + freed)[len(OTHER) // BYTES_PER_FRAME * SAMPLES_PER_FRAME :]
    assert np.allclose(joined[SAMPLES_PER_FRAME:], decode(freed)[SAMPLES_PER_FRAME:], atol=1e-6)


def test_such_speech_is_taken_from_a_service() -> None:
    cut = ONE[NEEDY[0] * BYTES_PER_FRAME :] + silence(20)
    assert canonical_frames(check_speech(cut, "今天", Prosody()).frames)


def test_a_splice_is_refused() -> None:
    refused = 0
    for n in range(3, 15):
        spliced = ONE[: n * BYTES_PER_FRAME] + OTHER[n * BYTES_PER_FRAME :]
        try:
            assert accept_frames(spliced)
        except BadAudio as error:
            assert f"frame {n + 1} is not whole" in str(error)
            refused += 1
    assert refused > 5


@pytest.mark.parametrize("n_frames", [1, 10, 1234, 300_000])
def test_the_info_frame(n_frames: int) -> None:
    size = n_frames * BYTES_PER_FRAME
    frame = info_frame(n_frames, size)
    assert len(frame) == INFO_FRAME_BYTES
    at = frame.index(b"Info")
    numbers = [int.from_bytes(frame[at + 4 * n : at + 4 * n + 4], "big") for n in (1, 2, 3)]
    assert numbers == [0b1111, n_frames, size + INFO_FRAME_BYTES]
    toc = frame[at + 16 : at + 116]
    assert list(toc) == sorted(toc)
    for percent, place in enumerate(toc):
        wanted = (INFO_FRAME_BYTES + size * percent / 100) / (size + INFO_FRAME_BYTES) * 256
        assert 0 <= wanted - place < 1
    delay_padding = int.from_bytes(frame[at + 141 : at + 144], "big")
    assert divmod(delay_padding, 4096) == (576, 2 * 576 - 576)

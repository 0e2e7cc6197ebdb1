"""Mutated, truncated and spliced MP3s: a clear refusal, or frames that harm nobody.

What is taken has only whole frames that stood in the input, in their order; it decodes to just
as many samples; and what is joined before and after it is heard unchanged.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import BadAudio
from reader.loudness import measure
from reader.mpeg import (
    BYTES_PER_FRAME,
    SAMPLES_PER_FRAME,
    canonical_frames,
    decode,
    encode_pcm,
    foreign_frames,
    info_frame,
    silence,
    with_gain,
)
from reader.stitch import Mp3Writer, Tags
from reader.voices.transcode import to_canonical
from tests.openai_server import _lame, samples


def _speech(seed: int, seconds: float) -> bytes:
    """Noise in syllables: it fills and empties the bit reservoir as speech does."""
    noise = np.random.default_rng(seed).normal(0, 4000, round(seconds * 24_000))
    envelope = np.abs(np.sin(np.arange(len(noise)) / 24_000 * 2 * np.pi * 2.5))
    return canonical_frames(encode_pcm((noise * envelope**3).astype("<i2").tobytes()))


ONE, OTHER = _speech(1, 0.4), _speech(2, 0.3)


def _file(frames: bytes) -> bytes:
    out = io.BytesIO()
    writer = Mp3Writer(out, Tags("題目"))
    writer.write(frames)
    writer.finish()
    return out.getvalue()


BASES = (
    ONE,
    ONE[3 * BYTES_PER_FRAME :],
    _file(OTHER),
    ONE + b"TAG" + bytes(125),
    info_frame(9, 9) + OTHER,
    _lame(samples(0.3, 44_100), 44_100),
)
NEIGHBOUR = _speech(3, 0.2)
_ALONE = decode(NEIGHBOUR)

Change = Callable[[bytes], bytes]
_PLACES = st.floats(0, 1, exclude_max=True)


def _at(place: float, data: bytes) -> int:
    return int(place * (len(data) + 1))


def _byte(place: float, value: int) -> Change:
    return lambda data: data[: _at(place, data)] + bytes([value]) + data[_at(place, data) + 1 :]


def _bit(place: float, bit: int) -> Change:
    def change(data: bytes) -> bytes:
        at = min(_at(place, data), len(data) - 1)
        return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :] if data else data

    return change


def _cut(start: float, end: float) -> Change:
    return lambda data: data[_at(start, data) : _at(end, data)]


def _without(start: float, n_bytes: int) -> Change:
    return lambda data: data[: _at(start, data)] + data[_at(start, data) + n_bytes :]


def _spliced(place: float, base: int, start: float, end: float) -> Change:
    other = BASES[base]
    piece = other[_at(start, other) : _at(end, other)]
    return lambda data: data[: _at(place, data)] + piece + data[_at(place, data) :]


def _spliced_by_frames(place: float, base: int, start: int, n_frames: int) -> Change:
    other = BASES[base]
    piece = other[start * BYTES_PER_FRAME : (start + n_frames) * BYTES_PER_FRAME]

    def change(data: bytes) -> bytes:
        at = _at(place, data) // BYTES_PER_FRAME * BYTES_PER_FRAME
        return data[:at] + piece + data[at:]

    return change


CHANGES = st.one_of(
    st.builds(_byte, _PLACES, st.integers(0, 255)),
    st.builds(_bit, _PLACES, st.integers(0, 7)),
    st.builds(_cut, _PLACES, _PLACES),
    st.builds(_without, _PLACES, st.integers(1, 400)),
    st.builds(_spliced, _PLACES, st.integers(0, len(BASES) - 1), _PLACES, _PLACES),
    st.builds(
        _spliced_by_frames, _PLACES, st.integers(0, 3), st.integers(0, 12), st.integers(1, 6)
    ),
)
DAMAGED = st.tuples(st.sampled_from(BASES), st.lists(CHANGES, min_size=1, max_size=4))


def check(base: bytes, changes: list[Change]) -> None:
    damaged = base
    for change in changes:
        damaged = change(damaged)
    check_strict(damaged)
    check_foreign(damaged)
    check_converted(damaged)


def check_strict(damaged: bytes) -> None:
    try:
        frames = canonical_frames(damaged)
    except BadAudio as error:
        assert len(str(error).splitlines()) == 1
        return
    check_harmless(frames)
    at = 0
    for start in range(0, len(frames), BYTES_PER_FRAME):
        frame = frames[start : start + BYTES_PER_FRAME]
        at = damaged.index(frame, at) + BYTES_PER_FRAME


def check_foreign(damaged: bytes) -> None:
    try:
        frames = foreign_frames(damaged)
    except BadAudio:
        return
    check_harmless(frames)
    assert canonical_frames(frames) == frames


def check_converted(damaged: bytes) -> None:
    for media_type in ("audio/mpeg", "audio/pcm"):
        try:
            frames = to_canonical(damaged, media_type)
        except BadAudio:
            continue
        assert canonical_frames(frames) == frames


def check_harmless(frames: bytes) -> None:
    n_frames, rest = divmod(len(frames), BYTES_PER_FRAME)
    assert n_frames and not rest
    assert len(decode(frames)) == n_frames * SAMPLES_PER_FRAME
    level = measure(frames)
    assert level.n_frames == n_frames
    if level.gains is not None and level.gains[1] < 255:
        assert with_gain(with_gain(frames, 1), -1) == frames
    around = decode(NEIGHBOUR + silence(2) + frames + silence(2) + NEIGHBOUR)
    after = around[len(around) - len(_ALONE) :]
    assert np.allclose(around[: len(_ALONE)], _ALONE, atol=1e-6)
    assert np.allclose(after[SAMPLES_PER_FRAME:], _ALONE[SAMPLES_PER_FRAME:], atol=1e-6)


@given(DAMAGED)
@settings(max_examples=300, deadline=None)
def test_damaged_mp3s_are_refused_or_harmless(case: tuple[bytes, list[Change]]) -> None:
    check(*case)


@pytest.mark.slow
@pytest.mark.timeout(900)
@given(DAMAGED)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_damaged_mp3s(case: tuple[bytes, list[Change]]) -> None:
    check(*case)


def test_the_cases_are_of_both_kinds() -> None:
    """Damage that is not seen as such would make the tests above empty."""
    taken = [canonical_frames(ONE[: 5 * BYTES_PER_FRAME]), foreign_frames(BASES[1])]
    assert all(taken)
    for damaged in (ONE[:-1], ONE[: 4 * BYTES_PER_FRAME] + OTHER[9 * BYTES_PER_FRAME :]):
        with pytest.raises(BadAudio):
            canonical_frames(damaged)


def test_lame_of_another_kind_is_converted_whole() -> None:
    assert len(to_canonical(BASES[-1], "audio/mpeg")) > 10 * BYTES_PER_FRAME

"""The frame reader: strict about what is a frame, forgiving about tags."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import ID3, TIT2

from reader.errors import BadAudio
from reader.mpeg import (
    BYTES_PER_FRAME,
    canonical_frames,
    encode_pcm,
    frames_of_ms,
    info_frame,
    is_silent,
    read_frames,
    silence,
)
from reader.mpeg.frames import parse_header
from tests.sound import tone

SPEECH = canonical_frames(encode_pcm(tone(seconds=0.5)))


def id3() -> bytes:
    tag, out = ID3(), io.BytesIO()
    tag.add(TIT2(encoding=3, text="題目"))
    tag.save(out)
    return out.getvalue()


def test_an_encoder_gives_canonical_frames() -> None:
    headers = {frame.header for frame in read_frames(SPEECH)}
    assert len(headers) == 1
    header = headers.pop()
    assert (header.version, header.sample_rate_hz, header.bitrate_kbps) == ("2", 24_000, 48)
    assert (header.n_channels, header.n_bytes, header.n_samples) == (1, BYTES_PER_FRAME, 576)


@pytest.mark.parametrize(
    ("head", "version", "bitrate", "rate", "channels", "n_bytes"),
    [
        ("fffb9064", "1", 128, 44_100, 2, 417),
        ("fffb9264", "1", 128, 44_100, 2, 418),
        ("fff364c4", "2", 48, 24_000, 1, 144),
        ("ffe318c4", "2.5", 8, 8_000, 1, 72),
    ],
)
def test_headers(
    head: str, version: str, bitrate: int, rate: int, channels: int, n_bytes: int
) -> None:
    header = parse_header(bytes.fromhex(head), 0)
    assert (header.version, header.bitrate_kbps) == (version, bitrate)
    assert (header.sample_rate_hz, header.n_channels, header.n_bytes) == (rate, channels, n_bytes)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("00000000", "no frame begins here"),
        ("fffd90c4", "not MPEG Layer III"),
        ("ffeb90c4", "not MPEG Layer III"),
        ("fff304c4", "free-format"),
        ("fff3f4c4", "reserved"),
        ("fff36cc4", "reserved"),
        ("fff364c6", "reserved"),
        ("fff364", "ends inside a frame header"),
    ],
)
def test_what_is_no_frame_is_refused_with_its_offset(head: str, reason: str) -> None:
    with pytest.raises(BadAudio, match=rf"byte {len(SPEECH)}: .*{reason}"):
        list(read_frames(SPEECH + bytes.fromhex(head)))


@pytest.mark.parametrize(
    "wrap",
    [
        lambda frames: id3() + frames,
        lambda frames: id3() + id3() + frames,
        lambda frames: frames + b"TAG" + bytes(125),
        lambda frames: info_frame(len(frames) // 144, len(frames)) + frames,
        lambda frames: id3() + info_frame(9, 9) + frames + ape(header=False),
        lambda frames: frames + ape(header=True) + b"TAG" + bytes(125),
    ],
)
def test_tags_and_info_frames_are_dropped(wrap: object) -> None:
    assert callable(wrap)
    assert canonical_frames(wrap(SPEECH)) == SPEECH


def ape(*, header: bool) -> bytes:
    item = b"value"
    size = (len(item) + 32).to_bytes(4, "little")
    count = (1).to_bytes(4, "little")
    flags = bytes((0, 0, 0, 0x80 if header else 0))
    foot = b"APETAGEX" + (2000).to_bytes(4, "little") + size + count + flags + bytes(8)
    return (foot if header else b"") + item + foot


def test_a_frame_cut_short_is_refused() -> None:
    with pytest.raises(BadAudio, match="ends inside a frame"):
        canonical_frames(SPEECH[:-1])


def test_a_beginning_without_its_bit_reservoir_is_refused() -> None:
    needy = [f.offset for f in read_frames(SPEECH) if f.main_data_begin]
    with pytest.raises(BadAudio, match=r"needs .* bytes of an earlier frame"):
        canonical_frames(SPEECH[needy[0] :])


def test_another_format_is_refused_by_name() -> None:
    mpeg1 = bytes.fromhex("fffb9064") + bytes(413)
    with pytest.raises(BadAudio, match="44100 Hz, 128 kbit/s, 2 channel"):
        canonical_frames(mpeg1)


def test_nothing_is_refused() -> None:
    with pytest.raises(BadAudio, match="no MPEG frames"):
        canonical_frames(id3())


def test_silence_is_silent_and_speech_is_not() -> None:
    assert is_silent(silence(5))
    assert not is_silent(SPEECH)
    assert len(silence(frames_of_ms(240))) == 10 * BYTES_PER_FRAME


@given(st.binary(max_size=600))
def test_any_bytes_are_frames_or_a_clear_error(data: bytes) -> None:
    try:
        frames = list(read_frames(data))
    except BadAudio as error:
        assert "at byte" in str(error)
    else:
        assert sum(len(f.data) for f in frames) <= len(data)


@given(
    st.lists(st.tuples(st.integers(0, len(SPEECH) - 1), st.integers(0, 255)), max_size=4),
    st.integers(0, len(SPEECH)),
)
def test_damaged_speech_never_grows_or_crashes(changes: list[tuple[int, int]], length: int) -> None:
    damaged = bytearray(SPEECH)
    for position, value in changes:
        damaged[position] = value
    try:
        frames = canonical_frames(bytes(damaged[:length]))
    except BadAudio:
        return
    assert len(frames) % BYTES_PER_FRAME == 0
    assert len(frames) <= length

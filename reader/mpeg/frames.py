"""A strict reader of MPEG audio frames (Layer III of MPEG-1, 2 and 2.5).

Strict, because its output is joined to other frames and served: what is not a whole frame,
a tag or an end is refused with its offset, never skipped. Layout: ISO/IEC 11172-3 2.4.1
and 13818-3 2.4.1; tags: id3.org (ID3v1, ID3v2.4), APEv2; Xing, Info and VBRI as LAME and
Fraunhofer write them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from reader.errors import BadAudio

MpegVersion = Literal["1", "2", "2.5"]

_VERSIONS: dict[int, MpegVersion] = {0b11: "1", 0b10: "2", 0b00: "2.5"}
_LAYER_III = 0b01
_BITRATES_KBPS = {
    "1": (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    "2": (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES_HZ = {
    "1": (44100, 48000, 32000),
    "2": (22050, 24000, 16000),
    "2.5": (11025, 12000, 8000),
}
_HEADER_BYTES = 4
_CRC_BYTES = 2
_MONO = 0b11
_ID3V1_BYTES = 128


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """The four bytes that begin every frame, and what follows from them."""

    version: MpegVersion
    bitrate_kbps: int
    sample_rate_hz: int
    n_channels: int
    has_crc: bool
    n_bytes: int
    n_samples: int

    @property
    def side_info_bytes(self) -> int:
        if self.version == "1":
            return 17 if self.n_channels == 1 else 32
        return 9 if self.n_channels == 1 else 17

    @property
    def side_info_offset(self) -> int:
        return _HEADER_BYTES + (_CRC_BYTES if self.has_crc else 0)


@dataclass(frozen=True, slots=True)
class Frame:
    """One whole frame: its header, its bytes, and where it stood in the stream."""

    header: FrameHeader
    data: bytes
    offset: int

    @property
    def main_data_begin(self) -> int:
        """Bytes of the bit reservoir, kept by earlier frames, this frame needs."""
        at = self.header.side_info_offset
        if self.header.version == "1":
            return (self.data[at] << 1) | (self.data[at + 1] >> 7)
        return self.data[at]

    @property
    def is_info(self) -> bool:
        """Whether it carries a Xing, Info or VBRI table instead of sound.

        Its side information is empty: what looks like one of the names in the data of a frame
        that sounds is sound.
        """
        start = self.header.side_info_offset
        end = start + self.header.side_info_bytes
        if any(self.data[start:end]):
            return False
        return self.data[end : end + 4] in (b"Xing", b"Info") or self.data[36:40] == b"VBRI"


def parse_header(data: bytes, offset: int) -> FrameHeader:
    """Read the header at `offset`; raises BadAudio, with the offset, if it is not one."""
    raw = data[offset : offset + _HEADER_BYTES]
    if len(raw) < _HEADER_BYTES:
        raise _bad(offset, "the stream ends inside a frame header")
    if raw[0] != 0xFF or raw[1] & 0xE0 != 0xE0:
        raise _bad(offset, "no frame begins here")
    version = _VERSIONS.get((raw[1] >> 3) & 0b11)
    if version is None or (raw[1] >> 1) & 0b11 != _LAYER_III:
        raise _bad(offset, "not MPEG Layer III")
    bitrate_index, rate_index = raw[2] >> 4, (raw[2] >> 2) & 0b11
    if bitrate_index == 0:
        raise _bad(offset, "free-format frames are not supported")
    if bitrate_index == 15 or rate_index == 3 or raw[3] & 0b11 == 0b10:
        raise _bad(offset, "a reserved value in the frame header")
    bitrate = _BITRATES_KBPS["1" if version == "1" else "2"][bitrate_index]
    sample_rate = _SAMPLE_RATES_HZ[version][rate_index]
    n_samples = 1152 if version == "1" else 576
    padding = (raw[2] >> 1) & 1
    return FrameHeader(
        version=version,
        bitrate_kbps=bitrate,
        sample_rate_hz=sample_rate,
        n_channels=1 if raw[3] >> 6 == _MONO else 2,
        has_crc=not raw[1] & 1,
        n_bytes=n_samples // 8 * bitrate * 1000 // sample_rate + padding,
        n_samples=n_samples,
    )


def read_frames(data: bytes) -> Iterator[Frame]:
    """Yield the frames of sound in `data`; tags and Xing/Info/VBRI frames are dropped, also
    between frames, where files were put together.

    Raises BadAudio, with the offset, at the first byte that belongs to none of these.
    """
    offset, end = bounds(data)
    first = True
    while offset < end:
        n_tag_bytes = 0 if first else _tag_bytes(data, offset)
        if n_tag_bytes:
            offset += n_tag_bytes
            continue
        header = parse_header(data, offset)
        if offset + header.n_bytes > end:
            raise _bad(offset, "the stream ends inside a frame")
        frame = Frame(header, bytes(data[offset : offset + header.n_bytes]), offset)
        if not frame.is_info:
            yield frame
        first = False
        offset += header.n_bytes


def bounds(data: bytes) -> tuple[int, int]:
    """Start and end of the frames in `data`: after leading tags, before trailing ones."""
    start = 0
    while n_bytes := _tag_bytes(data, start):
        start += n_bytes
    return start, _start_of_trailing_tags(data, start)


def _tag_bytes(data: bytes, offset: int) -> int:
    """Length of the tag that begins at `offset`, 0 if none does."""
    magic = data[offset : offset + 8]
    if magic == b"APETAGEX":
        return 32 + int.from_bytes(data[offset + 12 : offset + 16], "little")
    if magic[:3] == b"TAG":
        return _ID3V1_BYTES
    if magic[:3] != b"ID3":
        return 0
    if len(data) < offset + 10:
        raise _bad(offset, "the stream ends inside an ID3 header")
    sevens = data[offset + 6 : offset + 10]
    if any(b & 0x80 for b in sevens):
        raise _bad(offset, "an ID3 tag with an impossible size")
    size = sum(b << shift for b, shift in zip(sevens, (21, 14, 7, 0), strict=True))
    footer = 10 if data[offset + 5] & 0x10 else 0
    if offset + 10 + size + footer > len(data):
        raise _bad(offset, "the stream ends inside an ID3 tag")
    return 10 + size + footer


def _start_of_trailing_tags(data: bytes, start: int) -> int:
    end = len(data)
    if end - start >= _ID3V1_BYTES and data[end - 128 : end - 125] == b"TAG":
        end -= _ID3V1_BYTES
    if end - start >= 32 and data[end - 32 : end - 24] == b"APETAGEX":
        size = int.from_bytes(data[end - 20 : end - 16], "little")
        has_header = data[end - 9] & 0x80
        tag_bytes = size + (32 if has_header else 0)
        if tag_bytes > end - start:
            raise _bad(end - 32, "an APE tag longer than the stream")
        end -= tag_bytes
    return max(start, end)


def _bad(offset: int, what: str) -> BadAudio:
    return BadAudio("mp3-bad", offset=offset, what=what)

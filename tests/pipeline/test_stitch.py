"""Joining: the clips' frames bit for bit, and a length that every decoder agrees on."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from reader.mpeg import BYTES_PER_FRAME, FRAME_S, canonical_frames, encode_pcm, read_frames
from reader.stitch import Mp3Writer, Tags
from tests.sound import decoded, decoded_seconds_by_mpg123, mp3val_complaints, tone

CLIPS = [
    canonical_frames(encode_pcm(tone(seconds, hz)))
    for seconds, hz in ((0.3, 220), (1.7, 440), (0.05, 880), (2.2, 330))
]


def joined(path: Path, clips: list[bytes], pause_ms: int = 400) -> tuple[list[int], float]:
    """Write the clips; returns where each begins, in frames, and the presented seconds."""
    starts = []
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags("「標題」& 😀", artist="記者", date="2026-03-12"))
        for clip in clips:
            starts.append(writer.n_frames)
            writer.write(clip)
            writer.pause(pause_ms)
        n_frames = writer.finish()
    return starts, n_frames * FRAME_S


@pytest.mark.parametrize("n_repeats", [1, 25])
def test_every_decoder_agrees_with_the_timeline(tmp_path: Path, n_repeats: int) -> None:
    path = tmp_path / "out.mp3"
    _, seconds = joined(path, CLIPS * n_repeats)
    one_frame = 0.024
    assert abs(len(decoded(path)) / 24_000 - seconds) <= one_frame
    assert abs(decoded_seconds_by_mpg123(path) - seconds) <= one_frame
    assert abs(len(soundfile.read(path)[0]) / 24_000 - seconds) <= one_frame
    assert abs(MP3(path).info.length - seconds) <= one_frame
    assert mp3val_complaints(path) == []


def test_the_clips_stand_in_the_file_bit_for_bit(tmp_path: Path) -> None:
    path = tmp_path / "out.mp3"
    starts, _ = joined(path, CLIPS)
    frames = b"".join(frame.data for frame in read_frames(path.read_bytes()))
    for start, clip in zip(starts, CLIPS, strict=True):
        at = start * BYTES_PER_FRAME
        assert frames[at : at + len(clip)] == clip


def test_each_clip_is_heard_where_the_timeline_says(tmp_path: Path) -> None:
    path = tmp_path / "out.mp3"
    starts, _ = joined(path, CLIPS * 10, pause_ms=480)
    loud = np.abs(decoded(path).astype(int)) > 1000
    for start, clip in zip(starts, CLIPS * 10, strict=True):
        begin = start * 576
        heard = np.flatnonzero(loud[begin - 2400 : begin + 2400]) if start else None
        if heard is not None:
            assert abs(int(heard[0]) - 2400) <= 576, "begins within one frame"
        middle = begin + len(clip) // BYTES_PER_FRAME * 576 // 2 - 600
        assert loud[middle : middle + 600].any()


def test_tags_read_back(tmp_path: Path) -> None:
    path = tmp_path / "out.mp3"
    joined(path, CLIPS)
    tags = ID3(path)
    assert str(tags["TIT2"]) == "「標題」& 😀"
    assert str(tags["TPE1"]) == "記者"
    assert str(tags["TLAN"]) == "zho"
    assert str(tags["TDRC"]) == "2026-03-12"


@pytest.mark.parametrize("title", ["", "a\0b", "\ud800 alone", "長" * 5000])
def test_any_title_makes_a_file(tmp_path: Path, title: str) -> None:
    path = tmp_path / "out.mp3"
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags(title))
        writer.write(CLIPS[0])
        writer.finish()
    assert mp3val_complaints(path) == []


@pytest.mark.parametrize("n_writes", range(8))
def test_a_full_disk_is_the_files_own_error(n_writes: int) -> None:
    class Full(io.BytesIO):
        left = n_writes

        def write(self, data: object) -> int:
            if not self.left:
                raise OSError(errno.ENOSPC, "No space left on device")
            self.left -= 1
            return super().write(data)  # type: ignore[arg-type]

    with pytest.raises(OSError, match="No space left"):
        writer = Mp3Writer(Full(), Tags("題目"))
        for clip in CLIPS:
            writer.write(clip)
            writer.pause(200)
        writer.finish()

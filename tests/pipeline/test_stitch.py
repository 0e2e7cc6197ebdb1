"""Joining: the clips' frames bit for bit, and a length that every decoder agrees on."""

from __future__ import annotations

import errno
import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from mutagen.mp3 import MP3

from reader.loudness import measure
from reader.mpeg import BYTES_PER_FRAME, FRAME_S, canonical_frames, encode_pcm, read_frames
from reader.stitch import HeardSpan, Joiner, Mp3Writer, Tags
from reader.voices.clip import Clip
from tests.sound import decoded, decoded_seconds_by_mpg123, mp3val_complaints, tone

CLIPS = [
    Clip(canonical_frames(encode_pcm(tone(seconds, hz)))).with_level()
    for seconds, hz in ((0.3, 220), (1.7, 440), (0.05, 880), (2.2, 330))
]


def joined(path: Path, clips: list[Clip], pause_ms: int = 400) -> tuple[list[HeardSpan], float]:
    """Write the clips; returns when each is heard, and the presented seconds."""
    joiner, heard = Joiner(), []
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags("「標題」& 😀", artist="記者", date="2026-03-12"))
        for clip in clips:
            assert clip.level is not None
            writer.write(joiner.part(clip.frames, clip.level))
            heard.append(joiner.span_of(clip.level))
            writer.write(joiner.pause(pause_ms))
        writer.write(joiner.end())
        n_frames = writer.finish()
    assert n_frames == joiner.n_frames
    return heard, n_frames * FRAME_S


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
    heard, _ = joined(path, CLIPS)
    frames = b"".join(frame.data for frame in read_frames(path.read_bytes()))
    for one, clip in zip(heard, CLIPS, strict=True):
        at = round(one.clip_s / FRAME_S) * BYTES_PER_FRAME
        assert frames[at : at + len(clip.frames)] == clip.frames


def test_each_clip_is_heard_when_the_timeline_says(tmp_path: Path) -> None:
    path = tmp_path / "out.mp3"
    heard, _ = joined(path, CLIPS * 10, pause_ms=480)
    loud = np.flatnonzero(np.abs(decoded(path).astype(int)) > 104) / 24_000  # −50 dBFS
    for one in heard:
        inside = loud[(loud > one.start_s - 0.2) & (loud < one.end_s + 0.2)]
        assert inside[0] == pytest.approx(one.start_s, abs=0.003)
        assert inside[-1] == pytest.approx(one.end_s, abs=0.003)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(150, 2000)), min_size=2, max_size=9))
def test_a_pause_is_heard_as_long_as_the_script_says(said: list[tuple[int, int]]) -> None:
    joiner, heard = Joiner(), []
    for number, pause_ms in said:
        level = CLIPS[number].level
        assert level is not None
        joiner.part(CLIPS[number].frames, level)
        heard.append(joiner.span_of(level))
        joiner.pause(pause_ms)
    joiner.end()
    ends = [one.end_s for one in heard]
    starts = [one.start_s for one in heard[1:]] + [joiner.n_frames * FRAME_S]
    for (_, pause_ms), end_s, start_s in zip(said, ends, starts, strict=True):
        assert abs((start_s - end_s) * 1000 - pause_ms) <= 24


def test_a_pause_between_parts_is_part_of_the_clip() -> None:
    quiet = Clip(canonical_frames(encode_pcm(bytes(2 * 24_000)))).with_level()
    assert quiet.level is not None and CLIPS[0].level is not None
    joiner = Joiner()
    joiner.part(CLIPS[0].frames, CLIPS[0].level)
    assert joiner.pause(300), "its beginning at once"
    n_before = joiner.n_frames
    assert joiner.part(quiet.frames, quiet.level) == quiet.frames, "a second of silence is enough"
    assert joiner.n_frames == n_before + quiet.n_frames
    assert joiner.span_of(quiet.level).start_s == n_before * FRAME_S, "unheard, yet it has a place"


@pytest.mark.parametrize("title", ["", "a\0b", "\ud800 alone", "長" * 5000])
def test_any_title_makes_a_file(tmp_path: Path, title: str) -> None:
    path = tmp_path / "out.mp3"
    with path.open("wb") as out:
        writer = Mp3Writer(out, Tags(title))
        writer.write(CLIPS[0].frames)
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
            writer.write(clip.frames)
            writer.write(clip.frames)
        writer.finish()


def test_levels_measured_apart_are_the_level_of_the_whole() -> None:
    whole = measure(b"".join(clip.frames for clip in CLIPS))
    level = Clip.join(CLIPS).level
    assert level is not None
    assert level.heard_from_ms == pytest.approx(whole.heard_from_ms, abs=1)
    assert level.heard_to_ms == pytest.approx(whole.heard_to_ms, abs=1)
    assert (level.n_frames, level.gains) == (whole.n_frames, whole.gains)
    assert level.true_peak_dbtp == pytest.approx(whole.true_peak_dbtp, abs=0.2)


def test_a_stored_clip_keeps_its_level() -> None:
    assert Clip.from_bytes(CLIPS[1].to_bytes()).level == CLIPS[1].level

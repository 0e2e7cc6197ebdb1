"""Joining 200 clips: by frames, by pydub's decode-join-encode, by ffmpeg's concat demuxer.

    python -m bench.stitch.join [--memory]

All three begin with the same 200 MP3 files and end with one MP3 file. Ours puts the clips' pauses
between them, notes when each is heard, measures the loudness of the whole, and writes the tag and
the Info frame; its clips are as the cache keeps them, checked frame by frame and measured when they
were spoken. ffmpeg copies (`-f concat -c copy`), and leaves an MP3 of which nobody knows where its
sentences are; pydub decodes, joins and encodes. Limits: 1,000 times as fast as pydub, 20 times as
fast as ffmpeg. With `--memory`: the peak of joining 10,000 clips above that of 100, limit 20 MB.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import soundfile

from reader.mpeg import FRAME_S, canonical_frames, encode_pcm
from reader.stitch import HeardSpan, Joiner, Mp3Writer, Tags, write_mp3
from reader.voices.clip import Clip

N_CLIPS = 200
CLIP_S = 4.5
N_DISTINCT = 20
PAUSE_MS = 400


def clip_of(number: int) -> Clip:
    """Noise in syllables, as long as a sentence of the example article is on average."""
    noise = np.random.default_rng(number).normal(0, 3000, round(CLIP_S * 24_000))
    envelope = np.abs(np.sin(np.arange(len(noise)) / 24_000 * np.pi * (3 + number % 3)))
    pcm = (noise * envelope**2).astype("<i2").tobytes()
    return Clip(canonical_frames(encode_pcm(pcm))).with_level()


def join(files: list[Path], clips: list[Clip], out: Path) -> list[HeardSpan]:
    """By frames."""
    joiner, heard = Joiner(), []
    with out.open("wb") as file:
        writer = Mp3Writer(file, Tags("題目", "記者"))
        for number, path in enumerate(files):
            level = clips[number % len(clips)].level
            assert level is not None
            writer.write(joiner.part(Clip(path.read_bytes()).frames, level))
            heard.append(joiner.span_of(level))
            writer.write(joiner.pause(PAUSE_MS))
        writer.write(joiner.end())
        writer.finish()
    assert joiner.meter.integrated_lufs() < 0
    return heard


def by_ffmpeg(files: list[Path], out: Path) -> None:
    """The concat demuxer, copying."""
    listed = out.with_suffix(".txt")
    listed.write_text("".join(f"file '{path}'\n" for path in files))
    command = ["ffmpeg", "-y", "-v", "error", "-f", "concat", "-safe", "0", "-i", str(listed)]
    subprocess.run([*command, "-c", "copy", str(out)], check=True, stderr=subprocess.DEVNULL)


def by_pydub(files: list[Path], out: Path) -> None:
    """As its documentation shows it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment
    whole = AudioSegment.empty()
    for path in files:
        whole += AudioSegment.from_file(path, "mp3")
    whole.export(out, format="mp3", bitrate="48k").close()


def seconds_of(out: Path, work: Callable[[Path], object], rounds: int) -> float:
    """The median of some rounds, each to a new file."""
    found = []
    for _ in range(rounds):
        out.unlink(missing_ok=True)
        began = time.perf_counter()
        work(out)
        found.append(time.perf_counter() - began)
    return statistics.median(found)


def compare(folder: Path) -> None:
    clips = [clip_of(number) for number in range(N_DISTINCT)]
    files = []
    for number in range(N_CLIPS):
        files.append(folder / f"{number:04}.mp3")
        files[-1].write_bytes(clips[number % N_DISTINCT].frames)
    heard = join(files, clips, folder / "ours.mp3")
    ours = seconds_of(folder / "ours.mp3", lambda out: join(files, clips, out), 15)
    ffmpeg = seconds_of(folder / "ffmpeg.mp3", lambda out: by_ffmpeg(files, out), 5)
    pydub = seconds_of(folder / "pydub.mp3", lambda out: by_pydub(files, out), 1)
    length_s = soundfile.info(folder / "ours.mp3").duration
    print(f"{N_CLIPS} clips of {CLIP_S} s, {length_s / 60:.0f} minutes joined")
    print(f"by frames                  {ours * 1000:9.1f} ms")
    print(f"ffmpeg -f concat -c copy   {ffmpeg * 1000:9.1f} ms  {ffmpeg / ours:7.0f} times (>= 20)")
    print(f"pydub                      {pydub * 1000:9.1f} ms  {pydub / ours:7.0f} times (>= 1000)")
    assert abs(heard[-1].clip_s + (CLIP_S + 1) - length_s) < 2


def stored(clips: list[Clip], n_clips: int) -> Iterator[Clip]:
    """As they come from the cache: read anew each time."""
    kept = [clip.to_bytes() for clip in clips]
    for number in range(n_clips):
        yield Clip.from_bytes(kept[number % len(kept)])


def narrate(n_clips: int, folder: Path) -> None:
    """What a narration does with its clips: joined, measured, levelled by a step, tagged."""
    clips = [clip_of(number) for number in range(3)]
    joiner, heard = Joiner(), []
    frames = folder / "frames"
    with frames.open("wb") as out:
        for clip in stored(clips, n_clips):
            assert clip.level is not None
            out.write(joiner.part(clip.frames, clip.level))
            heard.append(joiner.span_of(clip.level))
            out.write(joiner.pause(PAUSE_MS))
        out.write(joiner.end())
    with (folder / "audio.mp3").open("wb") as out:
        n_frames = write_mp3(out, Tags("題目"), frames, gain_steps=1).n_frames
    assert n_frames == joiner.n_frames
    hours = n_frames * FRAME_S / 3600
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{n_clips} {hours:.1f} {peak_mib:.1f} {joiner.meter.integrated_lufs():.1f}")


def peak_mib(n_clips: int) -> float:
    command = [sys.executable, "-m", "bench.stitch.join", "--narrate", str(n_clips)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    count, hours, peak, _ = done.stdout.split()
    print(f"{count:>6} clips, {hours:>4} hours: peak {peak} MiB")
    return float(peak)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--narrate", type=int, help="join that many clips, print the peak")
    parser.add_argument("--memory", action="store_true", help="the peaks as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tingwen-bench-") as folder:
        if options.narrate:
            narrate(options.narrate, Path(folder))
            return
        if options.memory:
            few, many = peak_mib(100), peak_mib(10_000)
            print(f"10,000 clips take {many - few:.1f} MiB more than 100 (<= 20)")
        compare(Path(folder))


if __name__ == "__main__":
    main()

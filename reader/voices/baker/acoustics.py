"""Phones to samples: the two networks of the embedded voice."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from reader.voices.baker.runtime import Interpreter
from reader.voices.baker.weights import Weights

MEL_FRAME_SAMPLES: Final = 300
"""Hop of the mel spectrogram: 12.5 ms at 24 kHz."""

_STRETCH_MEL_FRAMES: Final = 40
"""What the vocoder is given at a time, beside the overlap: its memory follows this, not the clause.
A clause of 24 syllables, 5 s, took 250 MB in one go; with 64 it is 20 MB a thread more than with
40, and a tenth less work."""
_OVERLAP_MEL_FRAMES: Final = 24
"""How far the vocoder sees: with so many frames before and after, a stretch is the same to the
last bit as in one go; with 16 it is not."""
_MEL_AFTER_POSTNET: Final = 1
_DURATIONS: Final = 2


@dataclass(frozen=True, slots=True)
class Speech:
    """What the networks made of a row of phones.

    `samples`: float32 [n], −1…1, 24 kHz. `n_mel_frames`: int [n_phones], 12.5 ms each; their
    sum times 300 is n.
    """

    samples: NDArray[np.float32]
    n_mel_frames: NDArray[np.int32]


class MelModel:
    """FastSpeech2 in one interpreter for all threads, which wait for each other: it takes a
    fourteenth of the vocoder's time, and 25 MB an interpreter. Thread-safe."""

    def __init__(self, graph: bytes) -> None:
        self._lock = threading.Lock()
        with _without_greeting():
            self._acoustic = Interpreter(model_content=graph, num_threads=1)
            self._acoustic.allocate_tensors()

    def mel(
        self, phone_ids: list[int], duration_ratio: float
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Mels [1, n, 80] of `phone_ids` and the frames of each phone [n_phones]."""
        ids = np.array([phone_ids], np.int32)
        one = np.ones(1, np.float32)
        ratio = np.array([duration_ratio], np.float32)
        with self._lock:
            # The dropout's random state is renewed only when tensors are prepared for another
            # length: without this detour the same phones would sound different each time.
            _prepare(self._acoustic, (1, len(phone_ids) + 1))
            outputs = _run(self._acoustic, (ids, np.zeros(1, np.int32), ratio, one, one))
        return outputs[_MEL_AFTER_POSTNET], outputs[_DURATIONS][0]


class Acoustics:
    """The shared model of mels and an own MB-MelGAN. Not thread-safe: one a thread."""

    def __init__(self, weights: Weights, mel_model: MelModel) -> None:
        self.mel_model = mel_model
        with _without_greeting():
            self._vocoder = Interpreter(model_path=str(weights.vocoder), num_threads=1)
            _prepare(self._vocoder, (1, 16, 80))

    def speak(self, phone_ids: list[int], duration_ratio: float) -> Speech:
        """Samples for `phone_ids`; durations are multiplied by `duration_ratio`."""
        mel, n_mel_frames = self.mel_model.mel(phone_ids, duration_ratio)
        return Speech(self._samples(mel), n_mel_frames)

    def _samples(self, mel: NDArray[np.float32]) -> NDArray[np.float32]:
        """Samples of `mel` [1, n, 80], a stretch at a time."""
        stretches = []
        for start in range(0, mel.shape[1], _STRETCH_MEL_FRAMES):
            first = max(0, start - _OVERLAP_MEL_FRAMES)
            end = min(mel.shape[1], start + _STRETCH_MEL_FRAMES)
            (samples,) = _run(self._vocoder, (mel[:, first : end + _OVERLAP_MEL_FRAMES],))
            here = slice((start - first) * MEL_FRAME_SAMPLES, (end - first) * MEL_FRAME_SAMPLES)
            stretches.append(samples[0, here, 0])
        return np.concatenate(stretches)


_greeting_lock = threading.Lock()


@contextmanager
def _without_greeting() -> Iterator[None]:
    """The runtime announces its delegate on the process's stderr when tensors are first prepared,
    past Python and without a switch; our stderr holds one line an error and nothing else."""
    with _greeting_lock:
        kept = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


def _prepare(interpreter: Interpreter, shape: tuple[int, ...]) -> None:
    """Make room for a first input of this shape."""
    interpreter.resize_tensor_input(interpreter.get_input_details()[0]["index"], list(shape))
    interpreter.allocate_tensors()


def _run(interpreter: Interpreter, inputs: tuple[NDArray[Any], ...]) -> list[NDArray[Any]]:
    details = interpreter.get_input_details()
    _prepare(interpreter, inputs[0].shape)
    for detail, value in zip(details, inputs, strict=True):
        interpreter.set_tensor(detail["index"], value)
    interpreter.invoke()
    return [interpreter.get_tensor(d["index"]) for d in interpreter.get_output_details()]

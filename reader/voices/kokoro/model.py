"""Phonemes to samples: one session of the network for all threads."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import VoiceMissing, VoiceRefused

FRAME_SAMPLES: Final = 600
"""What the length of a phoneme is counted in: 25 ms at 24 kHz."""
STYLE_SIZE: Final = 256
MOST_PHONEMES_AT_ONCE: Final = 160
"""In all threads together: a row takes some 1.4 MB a phoneme while it is spoken, and memory follows
this, not the number of threads. A clause of 24 syllables has about 130."""
_ERRORS_ONLY: Final = 3


@dataclass(frozen=True, slots=True)
class Speech:
    """What the network made of a row of phonemes.

    `samples`: float32 [n], about −1…1, 24 kHz. `n_frames`: int64 [n_phonemes], 25 ms each; their
    sum times 600 is n.
    """

    samples: NDArray[np.float32]
    n_frames: NDArray[np.int64]


class Model:
    """Kokoro-82M in the runtime. Thread-safe: every thread may ask at once, and waits where the
    others' phonemes fill the memory that is meant for it."""

    def __init__(self, path: Path, n_threads: int) -> None:
        self._has_room = threading.Condition()
        self._n_phonemes = 0
        # Here, since not every platform has it and who never speaks needs none of its memory.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # A plan of memory for every length of row, kept, took 40 % more at the peak.
        options.enable_mem_pattern = False
        # Waiting threads that spin take the processor from the sentence beside.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise VoiceMissing("model-unloadable", path=path, reason=error) from error

    def speak(
        self, ids: list[int], style: NDArray[np.float32], speeds: NDArray[np.float32]
    ) -> Speech:
        """Samples for `ids` in `style` [256], each phoneme so many times as fast as the voice
        would be: `speeds` is [n_phonemes], or [1] for all."""
        inputs = {
            "tokens": np.array([ids], np.int64),
            "style": style.reshape(1, STYLE_SIZE),
            "speed": speeds,
        }
        try:
            with self._room_for(len(ids)):
                samples, n_frames = self._session.run(None, inputs)
        except Exception as error:  # the runtime's own errors have no base but this
            raise VoiceRefused("runtime-failed", reason=error) from error
        return Speech(samples.ravel(), n_frames.ravel().astype(np.int64))

    @contextmanager
    def _room_for(self, n_phonemes: int) -> Iterator[None]:
        """Waits until `n_phonemes` more may be spoken; a row that is longer speaks alone."""
        with self._has_room:
            self._has_room.wait_for(
                lambda: (
                    not self._n_phonemes or self._n_phonemes + n_phonemes <= MOST_PHONEMES_AT_ONCE
                )
            )
            self._n_phonemes += n_phonemes
        try:
            yield
        finally:
            with self._has_room:
                self._n_phonemes -= n_phonemes
                self._has_room.notify_all()

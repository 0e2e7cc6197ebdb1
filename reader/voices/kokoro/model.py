"""Phonemes to samples: the network for all threads of a process."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import VoiceMissing, VoiceRefused
from reader.voices.kokoro.tensors import unsigned_tensors
from reader.voices.kokoro.turns import Turns
from reader.voices.model_pool import give_memory_back

if TYPE_CHECKING:
    import onnxruntime

FRAME_SAMPLES: Final = 600
"""What the length of a phoneme is counted in: 25 ms at 24 kHz."""
STYLE_SIZE: Final = 256
MOST_PHONEMES_AT_ONCE: Final = 200
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
    others' phonemes fill the memory that is meant for it.

    A row that is alone has all `n_threads`. Rows that are spoken together have half of them each,
    in a session that is loaded when it is first needed: two threads at work on one row take 1.18
    times the processor's time of one. A session's threads cannot be told anew.
    """

    def __init__(self, path: Path, n_threads: int) -> None:
        # Here, since not every platform has it and who never speaks needs none of its memory.
        import onnxruntime

        self._turns = Turns(n_threads, MOST_PHONEMES_AT_ONCE)
        self._path = path
        self._loading = threading.Lock()
        self._weights = _weights(path)
        self._alone = _session(path, n_threads, self._weights)
        self._n_shared_threads = max(1, n_threads // 2)
        self._shared = self._alone if n_threads == self._n_shared_threads else None
        # What a run took goes back to the system: two sessions keep no memory from each other.
        self._run_options = onnxruntime.RunOptions()
        self._run_options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")

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
            with self._turns.turn(len(ids)) as is_alone:
                session = self._alone if is_alone else self._shared_session()
                samples, n_frames = session.run(None, inputs, self._run_options)
        except Exception as error:  # the runtime's own errors have no base but this
            raise VoiceRefused("runtime-failed", reason=error) from error
        return Speech(samples.ravel(), n_frames.ravel().astype(np.int64))

    def _shared_session(self) -> onnxruntime.InferenceSession:
        with self._loading:
            if self._shared is None:
                self._shared = _session(self._path, self._n_shared_threads, self._weights)
                give_memory_back()
            return self._shared


def _weights(path: Path) -> dict[str, onnxruntime.OrtValue]:
    """The weights that sessions share. Raises VoiceMissing if the graph at `path` has none."""
    import onnxruntime

    try:
        found = unsigned_tensors(path).items()
        return {name: onnxruntime.OrtValue.ortvalue_from_numpy(array) for name, array in found}
    except (OSError, ValueError) as error:
        raise VoiceMissing("model-unloadable", path=path, reason=error) from error


def _session(
    path: Path, n_threads: int, weights: dict[str, onnxruntime.OrtValue]
) -> onnxruntime.InferenceSession:
    """Raises VoiceMissing if the graph at `path` cannot be loaded."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = n_threads
    options.inter_op_num_threads = 1
    options.log_severity_level = _ERRORS_ONLY
    # A plan of memory for every length of row, kept, took 40 % more at the peak.
    options.enable_mem_pattern = False
    # Waiting threads that spin take the processor from the sentence beside.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    for name, value in weights.items():
        options.add_initializer(name, value)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise VoiceMissing("model-unloadable", path=path, reason=error) from error

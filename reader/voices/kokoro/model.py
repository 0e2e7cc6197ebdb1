"""Phonemes to samples: one session of the network for all threads."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from reader.errors import VoiceMissing, VoiceRefused

FRAME_SAMPLES: Final = 600
"""What the length of a phoneme is counted in: 25 ms at 24 kHz."""
STYLE_SIZE: Final = 256
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
    """Kokoro-82M in the runtime. Thread-safe: every thread may ask at once."""

    def __init__(self, path: Path, n_threads: int) -> None:
        # Here, since not every platform has it and who never speaks needs none of its memory.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = n_threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # Waiting threads that spin take the processor from the sentence beside.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(path), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:
            raise VoiceMissing(
                f"the model {path} cannot be loaded ({error}); remove its folder and run "
                "`tingwen voices install kokoro`"
            ) from error

    def speak(self, ids: list[int], style: NDArray[np.float32], speed: float) -> Speech:
        """Samples for `ids` in `style` [256], `speed` times as fast as the voice would be."""
        inputs = {
            "tokens": np.array([ids], np.int64),
            "style": style.reshape(1, STYLE_SIZE),
            "speed": np.array([speed], np.float32),
        }
        try:
            samples, n_frames = self._session.run(None, inputs)
        except Exception as error:  # the runtime's own errors have no base but this
            raise VoiceRefused(f"the embedded voice's runtime failed ({error})") from error
        return Speech(samples.ravel(), n_frames.ravel().astype(np.int64))

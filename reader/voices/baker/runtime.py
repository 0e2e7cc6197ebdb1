"""The runtime of the embedded voice's models, which not every machine has a wheel of.

pyproject.toml asks for it on 64-bit Linux (Intel and ARM), Macs with Apple's processors, and
Windows on Intel; elsewhere everything but this voice works.
"""

from __future__ import annotations

from reader.errors import VoiceMissing

__all__ = ["Interpreter", "flatbuffers", "has_runtime", "require_runtime", "schema"]

try:
    import flatbuffers
    from ai_edge_litert import schema_py_generated as schema
    from ai_edge_litert.interpreter import Interpreter
except ImportError:
    Interpreter = schema = flatbuffers = None


def has_runtime() -> bool:
    """Whether the models can be run on this machine."""
    return Interpreter is not None


def require_runtime() -> None:
    """Raises VoiceMissing, saying what else there is, where the models cannot be run."""
    if Interpreter is None:
        raise VoiceMissing("runtime-missing")

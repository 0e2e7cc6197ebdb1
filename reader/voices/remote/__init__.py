"""Remote voices' common parts: deadlines, retries, a circuit, politeness."""

from reader.voices.remote.circuit import Circuit
from reader.voices.remote.environment import from_environment
from reader.voices.remote.guard import Guard, Limits
from reader.voices.remote.pulse import Pulse

__all__ = ["Circuit", "Guard", "Limits", "Pulse", "from_environment"]

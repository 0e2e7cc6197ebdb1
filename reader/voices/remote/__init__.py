"""Remote voices' common parts: deadlines, retries, a circuit, politeness."""

from reader.voices.remote.circuit import Circuit
from reader.voices.remote.environment import from_environment
from reader.voices.remote.guard import Guard, Limits
from reader.voices.remote.pulse import Pulse
from reader.voices.remote.secret_url import NO_URL, SecretUrl

__all__ = ["NO_URL", "Circuit", "Guard", "Limits", "Pulse", "SecretUrl", "from_environment"]

"""Names looked up when they are needed: a command imports what it uses and no more."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def load(name: str) -> Any:
    """The object that `module:attribute` names. Raises ImportError or AttributeError."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)

"""Settings of a voice out of the environment: field `concurrency` of the Edge settings is
`TINGWEN_EDGE_CONCURRENCY`."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import fields
from typing import TYPE_CHECKING, Final, TypeVar

from reader.errors import BadOptions
from reader.voices.remote.secret_url import SecretUrl

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Settings = TypeVar("Settings", bound=DataclassInstance)
else:
    Settings = TypeVar("Settings")

_READERS: Final[dict[str, Callable[[str], object]]] = {
    "int": int,
    "float": float,
    "str": str,
    "SecretUrl": SecretUrl,
}


def from_environment(settings: type[Settings], prefix: str) -> Settings:
    """A `settings` with the fields that the environment names; the others keep their default.

    Fields of type int, float, str and SecretUrl can be set. Raises BadOptions, naming the variable.
    """
    found: dict[str, object] = {}
    for field in fields(settings):
        name = f"{prefix}_{field.name.upper()}"
        value = os.environ.get(name, "")
        read = _READERS.get(str(field.type))
        if value and read is not None:
            try:
                found[field.name] = read(value)
            except ValueError as error:
                raise BadOptions("setting-not-number", name=name, value=value) from error
    return settings(**found)

"""Redaction: what of the configuration may be shown, and what must never be written
anywhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Final

from api.settings import PREFIX, Settings
from reader.voices.edge.settings import EdgeSettings
from reader.voices.openai.settings import OpenAISettings
from reader.voices.remote import SecretUrl, from_environment
from reader.voices.remote.secret_url import HIDDEN, mask_urls

_SECRET_NAME: Final = re.compile(
    r"(KEY|SECRET|PASS|PASSWD|PASSWORD|PASSPHRASE|PWD|TOKEN|CREDENTIAL|COOKIE|AUTHORIZATION|DSN)S?$"
)
_ALL_BUT_THE_HOST: Final = f"{PREFIX}WEBHOOKS"
"""Whose path is the secret, however short."""
_READ_BELOW: Final = tuple(
    f"{PREFIX}{name}" for name in ("BROKER", "CACHE_MAX_BYTES", "VOICES", "WHISPER")
)
"""By the cache, the cluster and the voices, which know nothing of this service."""


def lines(settings: Settings) -> Iterator[str]:
    """The configuration in force, as a file of NAME=value; secrets are hidden."""
    for field in Settings.model_fields:
        yield _line(f"{PREFIX}{field.upper()}", getattr(settings, field))
    voices = (
        ("EDGE", from_environment(EdgeSettings, f"{PREFIX}EDGE")),
        ("OPENAI", OpenAISettings.of_environment()),
    )
    known = {f"{PREFIX}{field.upper()}" for field in Settings.model_fields} | set(_READ_BELOW)
    for name in _READ_BELOW:
        yield _line(name, os.environ.get(name, ""))
    for engine, chosen in voices:
        for each in fields(chosen):
            name = f"{PREFIX}{engine}_{each.name.upper()}"
            known.add(name)
            yield _line(name, getattr(chosen, each.name))
    for name in sorted(os.environ):
        if name.startswith(PREFIX) and name not in known:
            yield f"# not the service's own: {_line(name, os.environ[name])}"


def _line(name: str, value: object) -> str:
    if isinstance(value, bool):
        return f"{name}={int(value)}"
    words = value if isinstance(value, tuple) else (str(value),)
    return f"{name}={' '.join(mask(name, str(word)) for word in words)}"


def mask(name: str, value: str) -> str:
    """`value` as it may be shown."""
    if not value:
        return ""
    if name == _ALL_BUT_THE_HOST:
        scheme, mark, _ = value.partition("://")
        host = SecretUrl(value).host
        return f"{scheme}{mark}{host}/{HIDDEN}" if mark and host else HIDDEN
    return HIDDEN if _SECRET_NAME.search(name) else mask_urls(value)


def secrets_of(settings: Settings) -> frozenset[str]:
    """Every secret that this process was given: what logs must never hold."""
    found = {settings.webhook_secret, *settings.api_keys}
    for url in (settings.cache, settings.rate_store, *settings.webhooks):
        found.update(SecretUrl(url).secrets())
    found.update(url.partition("://")[2].partition("/")[2] for url in settings.webhooks)
    for name, value in os.environ.items():
        if name.startswith((PREFIX, "OPENAI_", "AWS_", "OTEL_")):
            found.update([value] if _SECRET_NAME.search(name) else SecretUrl(value).secrets())
    return frozenset(secret for secret in found if secret)

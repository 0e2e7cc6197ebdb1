"""Spans for OpenTelemetry; they go nowhere unless `tingwen[otel]` and an endpoint are there.

FastAPI makes the span of each request and sets up the exporter from the usual OTEL_ variables;
here are the steps inside. Errors are told by their kind only: messages hold words of articles.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.trace import StatusCode

_TRACER: Final = trace.get_tracer("tingwen")
_PROBES: Final = frozenset(["/healthz", "/readyz", "/metrics"])


def telemetry() -> TelemetryConfig:
    """What FastAPI may trace: requests, without logs, which would hold messages of errors."""
    endpoints = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
    return {
        "auto_configure": any(os.environ.get(name) for name in endpoints),
        "metrics": False,
        "logs": False,
        "operation_spans": False,
        "exclude": lambda scope: scope["path"] in _PROBES,
    }


@contextmanager
def span(name: str, **attributes: str | int) -> Iterator[None]:
    """A step of the work, within the span that is current."""
    with _TRACER.start_as_current_span(
        name, attributes=attributes, record_exception=False, set_status_on_exception=False
    ) as current:
        try:
            yield
        except BaseException as error:
            current.set_attribute("error.type", type(error).__name__)
            current.set_status(StatusCode.ERROR)
            raise

"""Every operation of the OpenAPI document, with inputs that nobody thought of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import Tone, voices
from tests.server import serving


def no_accident(_: Any, response: Any, __: Any) -> None:
    """5xx only where it is meant: oEmbed 1.0 wants 501 for a format that is not served."""
    assert response.status_code < 500 or response.status_code == 501, response.text


CHECKS = [
    no_accident,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


SCHEMA = schemathesis.openapi.from_dict(create_app(Settings()).openapi())
OPERATIONS = [found.ok() for found in SCHEMA.get_all_operations()]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    tone = Tone()
    app = create_app(
        Settings(voice="tone", cache=str(tmp_path_factory.mktemp("cache"))),
        voices(tone=tone, baker=tone, edge=tone),
    )
    with serving(app) as (url, _):
        yield url


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.label)
def test_no_input_breaks_the_contract(url: str, operation: Any) -> None:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=20,
        deadline=None,
        suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
    )
    def check(case: Any) -> None:
        case.call_and_validate(base_url=url, checks=CHECKS, timeout=30)

    check()

"""Pydantic's complaints about a request, as errors of the catalogue."""

from __future__ import annotations

from typing import Any, Final

from reader.errors import BadInput, Fact


class InvalidValue(ValueError):
    """What a validator of ours refuses: a ValueError, as pydantic wants it, with a kind."""

    def __init__(self, kind: str, /, **facts: Fact) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


_KINDS: Final[dict[str, str]] = {
    "missing": "field-missing",
    "extra_forbidden": "field-unknown",
    "string_type": "field-not-text",
    "int_parsing": "field-not-number",
    "int_type": "field-not-number",
    "int_from_float": "field-not-number",
    "float_parsing": "field-not-number",
    "float_type": "field-not-number",
    "finite_number": "field-not-number",
    "bool_parsing": "field-not-bool",
    "bool_type": "field-not-bool",
    "greater_than_equal": "field-too-small",
    "greater_than": "field-not-above",
    "less_than_equal": "field-too-large",
    "string_too_short": "field-too-short",
    "string_too_long": "field-too-long",
    "string_pattern_mismatch": "field-not-like",
    "literal_error": "field-not-among",
    "json_invalid": "json-invalid",
    "model_attributes_type": "body-not-object",
    "dict_type": "body-not-object",
}
"""Kinds of the catalogue by pydantic's types; what is not here is told in pydantic's words."""
_LIMITS: Final = ("ge", "gt", "le", "max_length", "min_length", "pattern", "expected")
"""Of a complaint's context: at most one is there, and is the fact `limit`."""


def complaint(error: Any, field: str | None = None) -> BadInput:
    """One of pydantic's or FastAPI's complaints, without what was sent; `field` is what to call
    the place."""
    context: dict[str, Any] = error.get("ctx") or {}
    own = context.get("error")
    where = ".".join(str(part) for part in error["loc"][1:]) or "body"
    field = where if field is None else field
    if isinstance(own, InvalidValue):
        return BadInput(own.kind, field=field, **own.facts)
    kind = _KINDS.get(error["type"])
    if kind is None:
        return BadInput("field-other", field=field, reason=str(error["msg"]))
    facts: dict[str, Fact] = {"field": field}
    if kind == "json-invalid":
        facts = {"position": where, "reason": str(own)}
    limits = [context[name] for name in _LIMITS if name in context]
    if limits:
        facts["limit"] = limits[0]
    return BadInput(kind, **facts)

"""A failure as bytes, so that it reaches those who wait in other processes."""

from __future__ import annotations

import json
import uuid

from reader.errors import TingwenError, VoiceError, from_fields, to_fields


def to_json(error: TingwenError) -> bytes:
    """The failure with a name of its own: two that read the same are still two."""
    fields = {**to_fields(error), "id": uuid.uuid4().hex}
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def from_json(data: bytes) -> TingwenError:
    """The failure that `to_json` wrote; a VoiceError where this release does not know it."""
    try:
        return from_fields(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError):
        return VoiceError("failed-elsewhere")

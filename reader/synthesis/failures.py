"""A failure as bytes, so that it reaches those who wait in other processes."""

from __future__ import annotations

import json
import uuid

from reader import errors
from reader.errors import TingwenError, VoiceError


def to_json(error: TingwenError) -> bytes:
    """The failure with a name of its own: two that read the same are still two."""
    fields = {"kind": type(error).__name__, "message": str(error), "id": uuid.uuid4().hex}
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":")).encode("ascii")


def from_json(data: bytes) -> TingwenError:
    """The failure that `to_json` wrote; of a kind that this release does not know, a VoiceError."""
    try:
        fields = json.loads(data)
        kind, message = getattr(errors, fields["kind"], VoiceError), str(fields["message"])
    except (ValueError, KeyError, TypeError):
        return VoiceError("the voice failed in another process, which could not say why")
    is_ours = isinstance(kind, type) and issubclass(kind, TingwenError)
    return kind(message) if is_ours else VoiceError(message)

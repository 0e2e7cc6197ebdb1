"""JSON on standard output, for programs."""

from __future__ import annotations

import json
import sys


def print_json(fields: object) -> None:
    """Print `fields` in UTF-8, whatever the encoding of a terminal or pipe: JSON knows no other."""
    text = json.dumps(fields, ensure_ascii=False, indent=2)
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()

"""Content coding (RFC 9110 8.4, 12.5.3): which answers are worth compressing, for whom, and
the names that their entity tags then have."""

from __future__ import annotations

import gzip
from typing import Final

from starlette.datastructures import MutableHeaders

SMALLEST_BYTES: Final = 1024
"""Below one packet, nothing is gained."""
_LEVEL: Final = 6
_TAG_ENDING: Final = '-gzip"'
_TEXTUAL: Final = frozenset(
    ["application/json", "application/javascript", "application/xml", "application/json+chapters"]
)


def gzipped(body: bytes, level: int = _LEVEL) -> bytes:
    """Compress; the same body gives the same bytes, so a strong ETag may name them."""
    return gzip.compress(body, level, mtime=0)


def is_compressible(content_type: str) -> bool:
    """Whether a media type is text. Sound and pictures are compressed already; server-sent
    events must not wait for more of their kind."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "text/event-stream":
        return False
    return kind.startswith("text/") or kind in _TEXTUAL or kind.endswith(("+json", "+xml"))


def accepts_gzip(accept_encoding: str) -> bool:
    """Whether an Accept-Encoding header wants gzip (RFC 9110 12.5.3); none wants nothing."""
    quality = {}
    for part in accept_encoding.lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        quality[coding] = _quality(parameters)
    wanted = quality.get("gzip", quality.get("x-gzip", quality.get("*", 0.0)))
    return wanted > 0 and wanted >= quality.get("identity", 0.0)


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0


def plain_tag(etag: str) -> str:
    """What the ETag of either representation names, without its quotes."""
    return etag.strip().removeprefix("W/").strip('"').removesuffix(_TAG_ENDING.strip('"'))


def gzip_tag(etag: str) -> str:
    """The strong ETag of the gzipped representation of what `etag` names; a weak one names
    both."""
    return f"{etag[:-1]}{_TAG_ENDING}" if etag.startswith('"') else etag


def with_plain_tags(if_none_match: str) -> str:
    """An If-None-Match header with, for each tag of a gzipped representation, that of the plain
    one besides: routes know only that."""
    tags = [tag.strip() for tag in if_none_match.split(",")]
    plain = [f'{tag.removesuffix(_TAG_ENDING)}"' for tag in tags if tag.endswith(_TAG_ENDING)]
    return ", ".join(tags + plain)


def mark_negotiated(headers: MutableHeaders) -> None:
    """Say to caches that the answer depends on Accept-Encoding."""
    headers.add_vary_header("Accept-Encoding")

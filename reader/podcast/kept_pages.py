"""Pages as they were fetched, to ask for them again only if they have changed (RFC 9110, 13.1)."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import Final, Literal, get_args

from reader.article import Page
from reader.podcast.folder import Folder

_KIND = Literal["html", "text", "markdown"]
_HEADER: Final = ("kind", "url", "charset", "name", "etag", "last_modified")


class KeptPages:
    """Pages of a folder's sources. What a run does not ask for goes at its end."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def page(self, url: str) -> Page | None:
        """The page as it was last, None if none was kept that can be asked about."""
        name = _name(url)
        self._used.add(name)
        data = self._folder.state(name)
        try:
            head, body = (data or b"").split(b"\n", 1)
            fields = {field: str(json.loads(head)[field]) for field in _HEADER}
            kind = fields.pop("kind")
            if kind not in get_args(_KIND):
                return None
            return Page(zlib.decompress(body), kind, **fields)  # type: ignore[arg-type]
        except (ValueError, KeyError, TypeError, zlib.error):
            return None

    def keep(self, url: str, page: Page) -> None:
        """Keep what its server gave a validator for. Raises StorageError."""
        if page.etag or page.last_modified:
            head = json.dumps({field: getattr(page, field) for field in _HEADER})
            data = head.encode() + b"\n" + zlib.compress(page.content)
            self._folder.keep_state(_name(url), data)

    def sweep(self) -> None:
        """Take away the pages that nobody asked for since this was made. Raises StorageError."""
        self._folder.drop_state("pages", self._used)


def _name(url: str) -> str:
    return f"pages/{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}"

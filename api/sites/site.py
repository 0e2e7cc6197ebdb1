"""Site: whose pages may be made into narrations by their address alone, and how.

`TINGWEN_SITES` names a TOML or JSON file with a `[[site]]` for each, or is such a list itself.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, Literal, get_args
from urllib.parse import urljoin

from limits import parse_many

from api.complaints import InvalidValue
from api.sites.addresses import origin_of, page_address
from reader.article.recipes import xpath_of

Make = Literal["on-publish", "on-view"]


@dataclass(frozen=True, slots=True)
class Site:
    """One `[[site]]`. Raises InvalidValue."""

    origin: str
    """`https://news.example`: only pages inside of it are its own."""
    selector: str = ""
    """The element that holds the article, as `div.story`; "" lets it be found."""
    voice: str = ""
    """"" is the service's own."""
    lexicon: str = ""
    """A lexicon file, whose words go before the service's."""
    brand: str = ""
    logo: str = ""
    """Address of a picture; may be written from the site's root."""
    make: Make = "on-publish"
    """Whether only the editor's system has pages made, or also whoever looks at one first."""
    quota: str = "60/hour"
    """How often all lookers together may have a page fetched, where they may."""

    def __post_init__(self) -> None:
        if not self.origin or origin_of(self.origin) != self.origin:
            raise InvalidValue("site-origin-bad", value=self.origin)
        if self.make not in get_args(Make):
            raise InvalidValue("site-make-bad", value=self.make, origin=self.origin)
        try:
            parse_many(self.quota)
        except ValueError as error:
            raise InvalidValue("rate-malformed") from error
        try:
            xpath_of(self.selector or "article")
        except ValueError as error:
            raise InvalidValue("site-selector-bad", value=self.selector) from error
        if self.logo and not self.logo_url:
            raise InvalidValue("site-logo-bad", value=self.logo)

    def __str__(self) -> str:
        """As the configuration in force shows it."""
        told = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}
        return json.dumps(told, ensure_ascii=False)

    @property
    def logo_url(self) -> str:
        """The picture's whole address, "" for none."""
        url = urljoin(f"{self.origin}/", self.logo) if self.logo else ""
        return url if origin_of(url) else ""


_FIELDS: Final = {field.name for field in fields(Site)}


def read_sites(value: object) -> object:
    """The sites of a file, or of the list that the value itself is. Raises InvalidValue."""
    if not isinstance(value, str):
        return value
    text, folder = value.strip(), Path()
    is_inline = text.startswith(("[", "{"))
    if text and not is_inline:
        folder = Path(text).parent
        try:
            text = Path(text).read_text("utf-8")
        except (OSError, ValueError) as error:
            raise InvalidValue("sites-unreadable", reason=error) from error
    sites = tuple(_site(table, folder) for table in _tables(text))
    if len({site.origin for site in sites}) < len(sites):
        raise InvalidValue("sites-same-origin")
    return sites


def _tables(text: str) -> Iterable[object]:
    """What stands in JSON or, else, in TOML."""
    if not text.strip():
        return []
    try:
        found: Any = json.loads(text)
    except ValueError as as_json:
        try:
            found = tomllib.loads(text)
        except ValueError as error:
            reason = as_json if text.lstrip().startswith(("{", "[{")) else error
            raise InvalidValue("sites-malformed", reason=reason) from error
    if isinstance(found, Mapping):
        found = found.get("site") if set(found) == {"site"} else None
    if not isinstance(found, list):
        raise InvalidValue("sites-malformed", reason="[[site]]")
    return found


def _site(table: object, folder: Path) -> Site:
    if not isinstance(table, dict) or not all(isinstance(v, str) for v in table.values()):
        raise InvalidValue("sites-malformed", reason=repr(table)[:100])
    unknown = sorted(set(table) - _FIELDS)
    if unknown:
        raise InvalidValue("site-field-unknown", value=str(unknown[0]), known=sorted(_FIELDS))
    lexicon = table.get("lexicon", "")
    if lexicon:
        table = table | {"lexicon": str(folder / lexicon)}
    origin = str(table.get("origin", ""))
    known = origin_of(origin)
    is_origin = known and page_address(origin) == f"{known}/"
    return Site(**table | {"origin": known if is_origin else origin})

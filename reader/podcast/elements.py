"""XML that cannot be broken by what an article holds."""

from __future__ import annotations

import re
from typing import Any, Final

from lxml import etree

NAMESPACES: Final = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "atom": "http://www.w3.org/2005/Atom",
}
ITUNES: Final = f"{{{NAMESPACES['itunes']}}}"
PODCAST: Final = f"{{{NAMESPACES['podcast']}}}"
CONTENT: Final = f"{{{NAMESPACES['content']}}}"
ATOM: Final = f"{{{NAMESPACES['atom']}}}"
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no way to write (section 2.2)."""


def cleaned(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def add(parent: Any, name: str, text: str) -> Any:
    """A new child with `text`, and the child."""
    child = etree.SubElement(parent, name)
    child.text = cleaned(text)
    return child


def add_cdata(parent: Any, name: str, html: str) -> None:
    """A new child with HTML in CDATA; libxml2 splits what would end it."""
    etree.SubElement(parent, name).text = etree.CDATA(cleaned(html))


def parsed(data: bytes) -> Any:
    """The root of an XML document of others: no entities from outside, no network, and libxml2's
    limits on what grows inside. Raises ValueError."""
    parser = etree.XMLParser(resolve_entities="internal", no_network=True, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error

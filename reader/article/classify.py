"""Classification of pasted input: a page's HTML, the address of one, or the text itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from reader.article import tags
from reader.article.lines import han_count, tidy

InputKind = Literal["html", "markdown", "text", "url"]
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9-]+)?)(?=[\s/>])[^<>]{0,2000}>")
_OPENING = re.compile(r"(?i)<!doctype|<\?xml|<!--|<[a-z][a-z0-9-]*[\s/>]")
_SNIFFED_CHARS = 20_000
_ADDRESS = re.compile(
    r"(?i)(?:[a-z][a-z0-9+.-]{1,14}://[^\s<>\"「」『』（）《》，。、；！？]+"
    r"|(?<![\w@.])(?:www\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,13}(?::\d{2,5})?"
    r"(?:/[^\s<>\"「」『』（）《》，。、；！？]*)?(?![\w@]))"
)
_TRAILING = ".,;:!?)]}'\"…"
_EDGES = " \u3000：:。，,、-–—|｜"
_AROUND_CHARS = 160
_TITLE_HAN = 30
_SHARED_CHARS = 2_500
_SHARED_LINES = 5


@dataclass(frozen=True, slots=True)
class PastedInput:
    """`url` is the address, with its scheme, where the kind is "url"; `title` the words around
    it, as a phone's share sheet sends them."""

    kind: InputKind
    url: str = ""
    title: str = ""


def classify_input(text: str) -> PastedInput:
    """The kind of what was pasted.

    HTML begins with a tag, a comment or `<?xml` and holds elements of HTML; an address may come
    without its scheme, or with a title around it on a few lines; the rest is text or Markdown.
    """
    bare = text.lstrip("\ufeff \t\r\n\u3000")
    if looks_like_html(bare):
        return PastedInput("html")
    shared = _find_shared_address(bare.rstrip())
    if shared is not None:
        return shared
    return PastedInput("markdown" if looks_like_markdown(bare) else "text")


def looks_like_html(text: str) -> bool:
    """Whether a text is a page or a piece of one, by its first characters and its elements."""
    head = text.lstrip("\ufeff \t\r\n\u3000")[:_SNIFFED_CHARS]
    if not _OPENING.match(head):
        return False
    if re.match(r"(?i)<!doctype\s+html|<html[\s>]", head):
        return True
    found = [(closing, tag.lower()) for closing, tag in _TAG.findall(head)]
    opened = {tag for closing, tag in found if not closing and _is_element(tag)}
    closed = {tag for closing, tag in found if closing}
    return len(opened) >= 2 or bool(opened & (closed | tags.STANDING_ALONE)) or "p" in opened


def _is_element(tag: str) -> bool:
    return tag in tags.KNOWN or "-" in tag


def looks_like_markdown(text: str) -> bool:
    head = text[:_SNIFFED_CHARS]
    return bool(re.search(r"(?m)^#{1,6} \S", head) or re.search(r"\]\(https?://", head))


def _find_shared_address(text: str) -> PastedInput | None:
    if not text or len(text) > _SHARED_CHARS or text.count("\n") >= _SHARED_LINES:
        return None
    found = [_trim(match.group()) for match in _ADDRESS.finditer(text)]
    addresses = list(dict.fromkeys(a for a in found if _is_whole(a, text)))
    if len(addresses) != 1:
        return None
    address = addresses[0]
    around = tidy(" ".join(text.replace(address, " ").split())).strip(_EDGES)
    if len(around) > _AROUND_CHARS or (han_count(around) > _TITLE_HAN and "。" in around):
        return None
    url = address if re.match(r"(?i)[a-z][a-z0-9+.-]*://", address) else f"https://{address}"
    return PastedInput("url", url, around)


def _trim(address: str) -> str:
    trimmed = address.rstrip(_TRAILING)
    return trimmed + ")" if "(" in trimmed and address[len(trimmed) :].startswith(")") else trimmed


def _is_whole(address: str, text: str) -> bool:
    """An address without a scheme counts where it stands alone, has a path, or says www."""
    if "://" in address or address == text.strip():
        return True
    return address.lower().startswith("www.") or "/" in address

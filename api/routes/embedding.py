"""The player on other people's sites: a page for an iframe, and oEmbed to find it."""

from __future__ import annotations

import re
from html import escape
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel

from api.dependencies import find_article, pages_of
from api.refusal import Refusal
from api.routes import examples
from api.routes.embed_html import HEIGHT_PX, Theme, write_embed_page
from api.routes.error_html import write_error_page
from api.routes.listen_html import title_of
from api.routes.page_headers import POLICY
from api.routes.pages import ArticleId, base_url
from api.service import Found
from api.sites.addresses import origin_of
from reader.errors import Withdrawn
from reader.messages.language import Language

router = APIRouter(tags=["embedding"])
_PAGE: Final = re.compile(r"/(?:listen|embed)/([0-9a-f]{32})/?$")
_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": f"{POLICY}; frame-ancestors *",
    "X-Content-Type-Options": "nosniff",
}


class OEmbedModel(BaseModel):
    """A rich oEmbed answer (oembed.com, 2.3.4.4)."""

    version: Literal["1.0"] = "1.0"
    type: Literal["rich"] = "rich"
    title: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int


@router.get("/embed/{article_id}", include_in_schema=False)
@router.head("/embed/{article_id}", include_in_schema=False)
async def embed(
    request: Request,
    article_id: ArticleId,
    theme: Theme = "light",
    lang: Literal["zh-Hant", "en"] = "zh-Hant",
) -> HTMLResponse:
    """The player alone. `#s=12` at the end of its address begins with that sentence."""
    language = Language.ENGLISH if lang == "en" else Language.CHINESE
    try:
        found = await find_article(request, article_id)
    except Withdrawn:
        gone = write_error_page(410, "/embed/", language)
        return HTMLResponse(gone, status_code=410, headers=_HEADERS)
    page = write_embed_page(article_id, found, base_url(request), language, theme)
    return HTMLResponse(
        page, headers=_HEADERS | {"Content-Security-Policy": _policy(request, found)}
    )


def _policy(request: Request, found: Found | None) -> str:
    """That of every page, with the picture of the site that the article is of."""
    told = None if found is None else found.written
    site = pages_of(request).site_of(told.url) if told else None
    logo = origin_of(site.logo_url) if site is not None else ""
    return f"{POLICY.replace('img-src', f'img-src {logo}') if logo else POLICY}; frame-ancestors *"


@router.get(
    "/oembed",
    summary="Find the player of a page",
    responses={
        200: examples.answer("A rich answer.", "application/json", examples.OEMBED),
        501: {"description": "Only JSON is served."},
    },
)
async def oembed(
    request: Request,
    url: Annotated[str, Query(description="The address of a /listen or /embed page.")],
    maxwidth: Annotated[int, Query(ge=1, description="Pixels that there is room for.")] = 640,
    format: Annotated[Literal["json", "xml"], Query(description="`json`; 501 for `xml`.")] = "json",
) -> OEmbedModel:
    """oEmbed 1.0: what a site such as WordPress needs to show the player where somebody pasted the
    address of an article's page on this service.
    """
    if format == "xml":
        raise Refusal(501, "oembed-format")
    base = base_url(request)
    netloc, path = _netloc_and_path(url)
    page = _PAGE.search(path)
    found = None
    if page and netloc == urlsplit(base).netloc:
        found = await find_article(request, page[1])
    if page is None or found is None:
        raise Refusal(404, "oembed-url")
    width = min(maxwidth, 640)
    title = title_of(found)
    return OEmbedModel(
        title=title,
        provider_name="聽聞",
        provider_url=base,
        html=(
            f'<iframe src="{escape(base)}/embed/{page[1]}" width="{width}" height="{HEIGHT_PX}" '
            'style="border:0;width:100%" loading="lazy" '
            'allow="autoplay; web-share; clipboard-write" '
            f'title="{escape(f"聽新聞：{title}")}"></iframe>'
        ),
        width=width,
        height=HEIGHT_PX,
    )


def _netloc_and_path(url: str) -> tuple[str, str]:
    """What is compared of an address; nothing of one that cannot be taken apart."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.netloc, parts.path

"""`/feed.xml`: what this service has narrated, as a podcast."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from lxml import etree

from api.dependencies import service_of
from api.routes import examples
from api.routes.conditional import or_unchanged
from api.routes.pages import base_url
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import word_all
from reader.narration.model import Narration
from reader.podcast import Show, cover
from reader.podcast.dates import rfc822, with_offset
from reader.podcast.elements import ATOM, ITUNES, NAMESPACES, PODCAST, add, cleaned
from reader.podcast.feed import describe, serialised
from reader.podcast.fonts import found_font
from reader.podcast.identity import podcast_guid

router = APIRouter(tags=["feed"])
_TITLE: Final = "聽聞"
_SHOW: Final = "聽聞：這裡唸過的新聞"
"""A name of its own: the podcast of a folder, served beside it, has another."""
_MOST: Final = 300
_LOOKED_AT: Final = 2000
"""Narrations that a filter looks through."""


@router.get(
    "/feed.xml",
    summary="Subscribe to what is narrated here",
    response_class=Response,
    responses={
        200: examples.answer("RSS 2.0", "application/rss+xml", examples.FEED),
        304: {"description": "You have it already."},
    },
)
async def feed(
    request: Request,
    q: Annotated[str, Query(max_length=200, description="In headline or byline.")] = "",
    voice: Annotated[str, Query(max_length=200, description="Read by this voice.")] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST, description="Episodes at most.")] = 50,
) -> Response:
    """The newest narrations that were asked for with `listed`, newest first, as a podcast: any
    podcast app can subscribe to it. Those without a headline are left out. A filtered feed is a
    podcast of its own. Answers 304 to `If-None-Match`.
    """
    base = base_url(request)
    rss = etree.Element("rss", version="2.0", nsmap=NAMESPACES)
    channel = etree.SubElement(rss, "channel")
    show = Show(title=_SHOW, base_url=base, description="這裡唸過的新聞。")
    here = f"{base}/feed.xml" + (f"?{request.url.query}" if request.url.query else "")
    describe(channel, show, podcast_guid(here), f"{base}/feed-cover.png")
    link = etree.SubElement(channel, f"{ATOM}link", href=cleaned(here), rel="self")
    link.set("type", "application/rss+xml")
    n_listed = 0
    narrator = service_of(request).narrator
    filters = bool(q or voice)
    listings = service_of(request).listings
    for narration_id, made in await listings.recent(_LOOKED_AT if filters else 2 * limit):
        narration = await narrator.store.load(narration_id, to_hear=False)
        if narration is None or not _is_wanted(narration, q, voice):
            continue
        channel.append(_item(narration, made, base))
        n_listed += 1
        if n_listed == limit:
            break
    data = serialised(rss)
    headers = {"Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(data).hexdigest()}"'}
    return or_unchanged(request, Response(data, media_type="application/rss+xml", headers=headers))


@router.get("/feed-cover.png", include_in_schema=False)
async def artwork() -> Response:
    """The feed's artwork, in the size that directories ask for."""
    return Response(_artwork(), media_type="image/png")


@lru_cache(maxsize=1)
def _artwork() -> bytes:
    return cover.drawn(_TITLE, "", found_font())


def _is_wanted(narration: Narration, q: str, voice: str) -> bool:
    """Speech without a headline, such as that of /v1/audio/speech, is no episode."""
    if not narration.title or (voice and narration.voice != voice):
        return False
    return q.casefold() in f"{narration.title} {narration.byline}".casefold()


def _lead(narration: Narration) -> str:
    return narration.paragraphs[0] if narration.paragraphs else narration.title


def _told_of_voice(narration: Narration) -> str:
    """Which voice reads, and why if it is not the one that was asked for."""
    why = word_all(narration.why, Language.CHINESE, Door.PAGE)
    return f"聲音：{narration.voice}（語音合成）" + (f"；{why}" if why else "")


def _item(narration: Narration, made: datetime, base: str) -> Any:
    here = f"{base}/v1/articles/{narration.id}"
    item = etree.Element("item")
    add(item, "title", narration.title)
    add(item, "link", f"{base}/listen/{narration.id}")
    add(item, "guid", narration.id).set("isPermaLink", "false")
    published = with_offset(narration.published) or made.replace(microsecond=0).isoformat()
    add(item, "pubDate", rfc822(published))
    add(item, "description", f"{_lead(narration)}\n\n{_told_of_voice(narration)}")
    etree.SubElement(
        item,
        "enclosure",
        url=f"{here}/audio.mp3",
        length=str(narration.audio_bytes),
        type="audio/mpeg",
    )
    add(item, f"{ITUNES}duration", str(max(1, round(narration.duration_s))))
    add(item, f"{ITUNES}explicit", "false")
    etree.SubElement(item, f"{PODCAST}transcript", url=f"{here}/captions.vtt", type="text/vtt")
    etree.SubElement(
        item,
        f"{PODCAST}chapters",
        url=f"{here}/chapters.json",
        type="application/json+chapters",
    )
    return item

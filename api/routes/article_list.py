"""`GET /v1/articles`: which articles there are, for their editors."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field

from api.dependencies import require_editor, service_of
from api.problems import language_of
from api.routes import examples
from api.work.article_list import CURSOR, ArticleList, ListedArticle, ListedStatus, ListFilter
from reader.messages.message import Door
from reader.messages.wording import word_all

router = APIRouter(prefix="/v1/articles", tags=["articles"])


class ListedArticleModel(BaseModel):
    """An article in a list; its sentences are under its id."""

    id: str
    status: ListedStatus
    at: Annotated[datetime, Field(description="When it was made, asked for or withdrawn.")]
    title: str
    byline: str
    address: Annotated[str, Field(description="Where it was published, empty if nobody said.")]
    voice: Annotated[str, Field(description="The voice that reads, empty until known.")]
    wanted_voice: str
    why: Annotated[str, Field(description="Why another voice than the wanted one reads.")]
    duration: Annotated[float | None, Field(description="Seconds.")]


class ArticleListModel(BaseModel):
    """A page of the list."""

    articles: list[ListedArticleModel]
    next: Annotated[
        str | None, Field(description="Send it as `cursor` for the next page; null at the end.")
    ]


@router.get(
    "",
    summary="List the articles",
    dependencies=[Depends(require_editor)],
    responses={200: examples.answer("A page.", "application/json", examples.ARTICLE_LIST)},
)
async def list_articles(
    request: Request,
    response: Response,
    status: Annotated[ListedStatus | None, Query(description="Only those.")] = None,
    since: Annotated[datetime | None, Query(description="ISO 8601; UTC without a zone.")] = None,
    until: Annotated[datetime | None, Query(description="Before this.")] = None,
    address: Annotated[
        str,
        Query(
            max_length=4096,
            description="What their address begins with: `news.example`, `news.example/sport`.",
        ),
    ] = "",
    limit: Annotated[int, Query(ge=1, le=200, description="How many at most.")] = 50,
    cursor: Annotated[
        str, Query(pattern=f"^(?:{CURSOR})?$", description="`next` of the page before.")
    ] = "",
) -> ArticleListModel:
    """All that was made, is being made or was withdrawn, the newest first, also what stands in no
    feed. Needs a key with the scope `articles` (and `read` where the service is private); where no
    keys are set, only this machine may ask. A page may hold fewer than `limit`, or none, while
    `next` says that there are more.
    """
    service = service_of(request)
    listing = ArticleList(service.cache, service.narrator.store.withdrawals, service.jobs)
    wanted = ListFilter(status, since, until, address)
    found, following = await listing.page(wanted, limit, cursor)
    response.headers["Cache-Control"] = "no-store"
    language = language_of(request)

    def shown(row: ListedArticle) -> ListedArticleModel:
        return ListedArticleModel(
            id=row.id,
            status=row.status,
            at=row.at,
            title=row.title,
            byline=row.byline,
            address=row.address,
            voice=row.voice,
            wanted_voice=row.wanted_voice,
            why=word_all(row.why, language, Door.PAGE),
            duration=row.duration_s,
        )

    return ArticleListModel(articles=list(map(shown, found)), next=following or None)

"""FastAPI dependencies of the routes: the service, the client, the article of an id."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from api.refusal import Refusal
from api.service import Found, Service
from reader.narration.model import Narration


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def client_of(request: Request) -> str:
    """Whom the work is counted for: a key or an address."""
    client: str = request.scope["client_id"]
    return client


async def find_article(request: Request, article_id: str) -> Found | None:
    """The narration or job under an id. Who may not speak starts nothing by looking."""
    may_start = bool(request.scope["may_speak"])
    return await service_of(request).find(article_id, client_of(request), may_start=may_start)


async def find_by_id(
    request: Request, article_id: Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
) -> Found:
    found = await find_article(request, article_id)
    if found is None:
        raise Refusal(404, "article-unknown", id=article_id)
    return found


Known = Annotated[Found, Depends(find_by_id)]


def ready_narration(found: Found) -> Narration:
    """The finished narration. Raises HTTPException 404 while it is being made."""
    if found.narration is None:
        raise Refusal(404, "not-ready")
    return found.narration

"""FastAPI dependencies of the routes: the service, the client, the article of an id."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import Depends, Path, Request

from api.middleware.origins import is_loopback
from api.refusal import Refusal
from api.service import Found, Service
from api.sites.pages import SitePages
from reader.narration.model import Narration

_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
_OUR_SITE: Final = ("none", "same-origin")


def service_of(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def pages_of(request: Request) -> SitePages:
    pages: SitePages = request.app.state.pages
    return pages


def client_of(request: Request) -> str:
    """Whom the work is counted for: a key or an address."""
    client: str = request.scope["client_id"]
    return client


def is_at_this_machine(request: Request) -> bool:
    """Whether nobody else can be asking than who sits at this machine: not behind a proxy, by a
    name of another site, or from a page of one."""
    host = request.client.host if request.client else ""
    name = request.url.hostname or ""
    is_here = all(one == "localhost" or is_loopback(one) for one in (host, name))
    is_passed_on = any(header in request.headers for header in _FORWARDED)
    is_ours = request.headers.get("sec-fetch-site", "none") in _OUR_SITE
    return is_here and not is_passed_on and is_ours


def require_editor(request: Request) -> None:
    """Raises Refusal 403 where no keys are set and somebody else may be asking than who sits at
    this machine; where there are keys, admission has looked at this one."""
    if not service_of(request).settings.keys and not is_at_this_machine(request):
        raise Refusal(403, "editing-needs-key")


def require_author(request: Request) -> None:
    """Raises Refusal 403 where who asks may not say what an article's page holds: a key needs the
    scope that withdraws articles; without keys only this machine may."""
    key = request.scope.get("api_key")
    if not service_of(request).settings.keys:
        require_editor(request)
    elif key is None or "articles" not in key.scopes:
        raise Refusal(403, "scope-missing", key=key.name if key else "-", scope="articles")


async def find_article(request: Request, article_id: str) -> Found | None:
    """The narration or job under an id. Who may not speak, or only asks for the head, starts
    nothing by looking. Raises Withdrawn."""
    may_start = bool(request.scope["may_speak"]) and request.method != "HEAD"
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

"""`/v1/pages`: the narration of a page by its address, and what a player shows before it plays."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Depends, Query, Request, Response

from api.dependencies import (
    Known,
    client_of,
    pages_of,
    require_author,
    require_editor,
    service_of,
)
from api.models import LookRequest, PageRequest, SummaryModel
from api.problems import language_of
from api.routes import examples
from api.routes.articles import article_model
from api.routes.bodies import BodyRoute
from api.service import Found
from api.sites.pages import MadePage
from api.sites.site import Site

router = APIRouter(prefix="/v1", tags=["pages"], route_class=BodyRoute)
_SHOWN = examples.answer("Made, or in the making.", "application/json", examples.SUMMARY)
_NEW = examples.answer("New; it is being made.", "application/json", examples.SUMMARY)


@router.get("/pages", summary="Show a page's narration", responses={200: _SHOWN})
async def show_page(
    request: Request,
    response: Response,
    url: Annotated[str, Query(max_length=2048, description="The page's address, in any spelling.")],
) -> SummaryModel:
    """The narration of a page of a site that `TINGWEN_SITES` names: the last one that is ready,
    else the one in the making. 404 (`page-not-made`) while there is none; asking starts nothing.
    """
    response.headers["Cache-Control"] = "no-cache"
    return _of_page(request, await pages_of(request).show(url))


@router.post(
    "/pages",
    status_code=201,
    summary="Have a page made",
    responses={200: {"model": SummaryModel} | _SHOWN, 201: _NEW},
    dependencies=[Depends(require_editor)],
)
async def publish_page(
    request: Request,
    body: Annotated[PageRequest, Body(openapi_examples=examples.PAGE_REQUESTS)],
    response: Response,
) -> SummaryModel:
    """For the editor's system, at publication and after every edit: 201 if there is something to
    be made, 200 if all of it is known. Only changed sentences are spoken again; until they are,
    the page's address answers with the narration before. `html` needs a key with the scope
    `articles` besides; where no keys are set, only this machine may ask at all.
    """
    if body.html is not None:
        require_author(request)
    made = await pages_of(request).publish(body.url, body.html, client_of(request))
    response.status_code = 201 if made.is_new else 200
    response.headers["Location"] = f"/v1/articles/{made.id}"
    return _of_page(request, made)


@router.post(
    "/pages/look",
    summary="Have a page made that a reader looks at",
    responses={200: {"model": SummaryModel} | _SHOWN},
)
async def look_at_page(
    request: Request, body: Annotated[LookRequest, Body(openapi_examples=examples.LOOK_REQUESTS)]
) -> SummaryModel:
    """For players on the pages of a site with `make = "on-view"`, without a key: `Origin` must be
    the origin of the site that `url` is inside of. What is known and fresh is answered at once;
    each page that is fetched counts against the site's quota (429 with `Retry-After`).
    """
    origin = request.headers.get("origin", "")
    return _of_page(request, await pages_of(request).look(body.url, origin))


@router.get(
    "/articles/{article_id}/summary",
    summary="Show a narration without its sentences",
    responses={200: _SHOWN},
)
async def summary(
    request: Request, article_id: str, found: Known, response: Response
) -> SummaryModel:
    """What a player shows before it is played."""
    response.headers["Cache-Control"] = "no-cache"
    told = found.written
    address = told.url if told is not None else ""
    return summary_model(request, (article_id, found), address, pages_of(request).site_of(address))


def _of_page(request: Request, made: MadePage) -> SummaryModel:
    model = summary_model(request, (made.id, made.found), made.address, made.site)
    return model.model_copy(update={"stale": made.is_stale})


def summary_model(
    request: Request, known: tuple[str, Found], address: str, site: Site | None
) -> SummaryModel:
    """`known` is the narration's id and what there is of it."""
    whole = article_model(service_of(request), *known, language_of(request))
    told = whole.model_dump(include=set(SummaryModel.model_fields)) | {"address": address}
    if site is not None:
        told |= {"brand": site.brand, "logo": site.logo_url}
        told |= {"selector": site.selector, "make": site.make}
    return SummaryModel(**told)

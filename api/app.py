"""The HTTP service: routes, pages and the player around one `Service`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from fastapi import Depends, FastAPI
from fastapi.security import HTTPBearer
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import openapi, problems
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.middleware.access_log import AccessLog
from api.middleware.admission import Admission
from api.middleware.compression import Compression
from api.middleware.origins import Cors
from api.middleware.rate_limits import RateLimits
from api.middleware.security_headers import SecurityHeaders
from api.routes import (
    article_files,
    article_list,
    articles,
    captions,
    docs,
    embedding,
    feed,
    health,
    lexicon,
    openai_lists,
    openai_speech,
    pages,
    podcast,
    scripts,
    site_pages,
    web_app,
)
from api.routes import (
    voices as voices_route,
)
from api.routes.error_html import ErrorPages
from api.routes.head_requests import answer_heads
from api.routes.page_headers import PAGE_HEADERS
from api.service import Service
from api.settings import Settings
from api.sites.pages import SitePages
from api.tracing import telemetry
from reader.voices import Voices

_ROUTERS: Final = (
    articles.router,
    site_pages.router,
    article_list.router,
    captions.router,
    article_files.router,
    scripts.router,
    lexicon.router,
    embedding.router,
    openai_speech.router,
    openai_lists.router,
    feed.router,
    pages.router,
    web_app.router,
    health.router,
    docs.router,
    voices_route.router,
)
for _router in (*_ROUTERS, podcast.router):
    answer_heads(_router)
_SHOWN_IN_DOCS: Final = HTTPBearer(auto_error=False, description="A key, where keys are set.")
"""Only described here: admission has looked at the key before any route is found."""


def create_app(settings: Settings | None = None, voices: Voices | None = None) -> FastAPI:
    """The service with `settings`; `voices` in place of the installed ones for tests."""
    chosen = settings or Settings.from_environment()
    known = voices or Voices()
    metrics = Metrics(voice.name for voice in known.catalogue())
    lifecycle = Lifecycle()
    limits = RateLimits(chosen.rate_per_key, chosen.rate_per_address, chosen.rate_store)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        service: Service = getattr(app.state, "service", None) or open_service(app)
        await service.resume()
        yield
        await app.state.pages.close()
        await service.close()
        await limits.close()

    app = openapi.DocumentedApp(
        lifespan=lifespan,
        responses=problems.RESPONSES,
        dependencies=[Depends(_SHOWN_IN_DOCS)],
        telemetry=telemetry(),
    )
    app.state.opens = partial(Service, chosen, known, metrics, lifecycle)
    app.state.metrics = metrics
    app.state.lifecycle = lifecycle
    problems.install(app)
    for router in _ROUTERS:
        app.include_router(router)
    if chosen.podcast:
        app.include_router(podcast.router)
    _add_middleware(app, chosen, limits)
    return app


def _add_middleware(app: FastAPI, settings: Settings, limits: RateLimits) -> None:
    """From the inside out."""
    metrics, lifecycle = app.state.metrics, app.state.lifecycle
    app.add_middleware(
        Admission, settings=settings, limits=limits, metrics=metrics, lifecycle=lifecycle
    )
    app.add_middleware(ErrorPages, headers=PAGE_HEADERS)
    app.add_middleware(Compression)
    app.add_middleware(Cors, settings=settings)
    app.add_middleware(AccessLog, metrics=metrics, lifecycle=lifecycle, log_all=settings.access_log)
    is_https = settings.base_url.startswith("https://")
    app.add_middleware(SecurityHeaders, is_https=is_https, redirects=settings.cache_redirect)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))


def open_service(app: FastAPI) -> Service:
    """Open what is behind `app`, before it is served: raises BadOptions or CacheError for what of
    its configuration only shows when it is used."""
    service: Service = app.state.opens()
    app.state.pages = SitePages(service)
    app.state.service = service
    return service

"""The HTTP service: routes, pages and the player around one `Service`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import partial
from typing import Final

from fastapi import Depends, FastAPI, Request
from fastapi.security import HTTPBearer
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api import (
    articles,
    docs,
    embedding,
    feed,
    health,
    pages,
    podcast_folder,
    problems,
    scripts,
    speech,
)
from api.access import Access
from api.articles import service_of
from api.border import RateLimits
from api.gate import Gate
from api.lifecycle import Lifecycle
from api.metrics import Metrics
from api.models import VoiceModel
from api.service import Service
from api.settings import Settings
from api.shield import Cors, Headers
from api.tracing import telemetry
from reader.voices import Voices

_ROUTERS: Final = (
    articles.router,
    scripts.router,
    embedding.router,
    speech.router,
    feed.router,
    pages.router,
    health.router,
    docs.router,
)
_SHOWN_IN_DOCS: Final = HTTPBearer(auto_error=False, description="Where API keys are set.")
"""Only described here: the gate has looked at the key before any route is found."""


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
        yield
        await service.close()
        await limits.close()

    app = FastAPI(
        title="聽聞 tingwen",
        version="1",
        lifespan=lifespan,
        responses=problems.RESPONSES,
        dependencies=[Depends(_SHOWN_IN_DOCS)],
        docs_url=None,
        redoc_url=None,
        max_body_size=chosen.max_body_bytes,
        telemetry=telemetry(),
    )
    app.state.opens = partial(Service, chosen, known, metrics, lifecycle)
    app.state.metrics = metrics
    app.state.lifecycle = lifecycle
    problems.install(app)
    for router in _ROUTERS:
        app.include_router(router)
    if chosen.podcast:
        app.include_router(podcast_folder.router)

    @app.get("/v1/voices", tags=["voices"])
    async def list_voices(request: Request) -> list[VoiceModel]:
        """Every voice that can be asked for."""
        return [VoiceModel(**asdict(v)) for v in service_of(request).voices.catalogue()]

    # The border, from the inside out.
    app.add_middleware(Gate, settings=chosen, limits=limits, metrics=metrics, lifecycle=lifecycle)
    app.add_middleware(Cors, settings=chosen)
    app.add_middleware(Access, metrics=metrics, lifecycle=lifecycle, log_all=chosen.access_log)
    is_https = chosen.base_url.startswith("https://")
    app.add_middleware(Headers, is_https=is_https, redirects=chosen.cache_redirect)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(chosen.trusted_proxies))
    return app


def open_service(app: FastAPI) -> Service:
    """What is behind `app`, before it is served: raises BadOptions or CacheError for what of
    its configuration only shows when it is used."""
    service: Service = app.state.opens()
    app.state.service = service
    return service

"""HEAD wherever GET is answered (RFC 9110 9.3.2): link checkers and monitors ask by it.

FastAPI adds none by itself. The server sends the head of what GET would answer.
"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.routing import APIRoute


def answer_heads(router: APIRouter) -> None:
    """Add to each route for GET one for HEAD, at its side, where there is none of its own."""
    own = {route.path for route in _routes(router, "HEAD")}
    for route in _routes(router, "GET"):
        if route.path not in own:
            router.add_api_route(
                route.path.removeprefix(router.prefix),
                route.endpoint,
                methods=["HEAD"],
                include_in_schema=False,
                response_class=route.response_class,
                response_model=route.response_model,
            )
            # Before any route that takes every path.
            router.routes.insert(router.routes.index(route) + 1, router.routes.pop())


def _routes(router: APIRouter, method: str) -> list[APIRoute]:
    found = (route for route in router.routes if isinstance(route, APIRoute))
    return [route for route in found if method in (route.methods or ())]

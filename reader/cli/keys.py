"""`tingwen keys new`: a key for those who use the service, and its entry for the service."""

from __future__ import annotations

import argparse

from api.middleware.api_keys import SCOPES, USUAL_SCOPES, new_key
from reader.errors import BadOptions
from reader.messages.text import say


async def new(options: argparse.Namespace) -> None:
    """Print the key, which is kept nowhere, and its entry, which is no secret."""
    scopes = tuple(scope for scope in SCOPES if scope in (options.scope or USUAL_SCOPES))
    try:
        secret, key = new_key(options.name, scopes)
    except ValueError as error:
        raise BadOptions("key-name-bad", name=options.name, reason=error) from error
    print(say("key:   {secret}", secret=secret))
    print(say("entry: {entry}", entry=key))
    print(say("Give the key to its user; add the entry to TINGWEN_API_KEYS, others stay valid."))

"""The catalogue: a message for each kind of error, room by room."""

from __future__ import annotations

from typing import Final

from reader.messages.catalogue import (
    article,
    audio,
    commands,
    fetching,
    narration,
    permissions,
    podcast,
    requests,
    script,
    service,
    sites,
    storage,
    voice_services,
    voices,
    withdrawal,
)
from reader.messages.message import Message

_ROOMS: Final = (
    article.ROWS,
    audio.ROWS,
    commands.ROWS,
    fetching.ROWS,
    narration.ROWS,
    permissions.ROWS,
    podcast.ROWS,
    requests.ROWS,
    script.ROWS,
    service.ROWS,
    sites.ROWS,
    storage.ROWS,
    voice_services.ROWS,
    voices.ROWS,
    withdrawal.ROWS,
)
CATALOGUE: Final[dict[str, Message]] = {
    kind: message for rows in _ROOMS for kind, message in rows.items()
}
"""Messages by kind."""

"""The service's own refusals: an HTTP status with a kind of the catalogue and its facts."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.exceptions import HTTPException

from reader.errors import Fact
from reader.messages.message import Door
from reader.messages.wording import word


class Refusal(HTTPException):
    """A request that is refused, worded by `api.problems` for who sent it."""

    def __init__(
        self, status: int, kind: str, headers: Mapping[str, str] | None = None, /, **facts: Fact
    ) -> None:
        self.kind = kind
        self.facts: dict[str, Fact] = facts
        super().__init__(status, word(self, door=Door.HTTP), headers)

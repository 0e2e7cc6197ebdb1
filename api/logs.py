"""Logs as events with fields, for people or for machines, through one pipe.

Whatever logs, we or uvicorn or a library, ends here: one record is one line (a traceback's
lines are indented), control characters are escaped, known secrets are hidden, and of errors
only the kind and the place are told unless TINGWEN_LOG_TEXT allows their messages, which hold
words of articles.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Iterable, Iterator, MutableMapping
from typing import Any, Final

import structlog

from api.redaction import secrets_of
from api.settings import Settings
from audio_cache import CacheError
from reader.errors import TingwenError
from reader.voices.remote.secret_url import HIDDEN

Event = MutableMapping[str, Any]

_OURS: Final = ("tingwen", "uvicorn")
_MOST_CHARS: Final = 2000


def set_up(settings: Settings) -> None:
    """Send every log of this process through the pipe, to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                structlog.contextvars.merge_contextvars,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.add_log_level,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                Clean(secrets_of(settings), settings.log_text),
                _renderer(settings),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    # What others say at `info` and below is theirs: httpx logs whole URLs, for one.
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(settings.log_level.upper())
    for name in ("uvicorn", "uvicorn.error"):  # that may have been set up otherwise before
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
    logging.getLogger("uvicorn.error").addFilter(_is_news)
    logging.captureWarnings(True)


class Clean:
    """The last hand before a record is written."""

    def __init__(self, secrets: Iterable[str], with_text: bool) -> None:
        self._secrets = sorted(secrets, key=len, reverse=True)
        self._with_text = with_text

    def __call__(self, _: Any, __: str, event: Event) -> Event:
        error = event.pop("exc_info", None)
        event.pop("color_message", None)  # uvicorn's, for terminals
        clean = {self._text(name): self._value(value) for name, value in event.items()}
        if isinstance(error, tuple):
            error = error[1]
        elif error is True:
            error = sys.exception()
        if isinstance(error, BaseException):
            clean["exception"] = "\n".join(self._traceback(error))
        return clean

    def _value(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        if isinstance(value, BaseException):
            return self._error(value)
        return self._text(str(value))

    def _error(self, error: BaseException) -> str:
        name = type(error).__name__
        return self._text(f"{name}: {error}") if self._with_text else name

    def _text(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        if not text.isprintable():
            text = "".join(_escape(c) for c in text)
        return text if len(text) <= _MOST_CHARS else f"{text[:_MOST_CHARS]}…"

    def _traceback(self, error: BaseException | None) -> Iterator[str]:
        while error is not None:
            for frame in traceback.extract_tb(error.__traceback__):
                yield f"  {frame.filename}:{frame.lineno} in {frame.name}"
            yield f"  {self._error(error)}"
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
            if error is not None:
                yield "  which was raised because of"


def _escape(character: str) -> str:
    return character if character.isprintable() else ascii(character)[1:-1]


def _renderer(settings: Settings) -> structlog.typing.Processor:
    if settings.log_format == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _is_news(record: logging.LogRecord) -> bool:
    """Whether uvicorn's record tells more than our own line about the same request: a stream
    that fails in the middle has been told with its reason."""
    error = record.exc_info[1] if record.exc_info else None
    return not (isinstance(error, TingwenError | CacheError) or getattr(error, "is_told", False))

"""Errors as RFC 9457 problem details, titled in the reader's language."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from api.complaints import complaint
from audio_cache import CacheError
from reader.errors import (
    BadInput,
    Incomplete,
    NoArticle,
    SourceUnreadable,
    StorageError,
    TingwenError,
    UnknownVoice,
    VoiceError,
    Withdrawn,
    facts_as_json,
)
from reader.messages.language import Language
from reader.messages.message import Door
from reader.messages.wording import Worded, word

_log: Final = logging.getLogger("tingwen.storage")


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One row of the table: what a client can tell apart."""

    name: str
    status: int
    english: str
    chinese: str


_KINDS: Final[tuple[tuple[type[Exception], ProblemKind], ...]] = (
    (Withdrawn, ProblemKind("withdrawn", 410, "Withdrawn", "已下架")),
    (NoArticle, ProblemKind("no-article", 422, "No article found", "找不到文章")),
    (SourceUnreadable, ProblemKind("source-unreadable", 422, "Source unreadable", "無法讀取來源")),
    (UnknownVoice, ProblemKind("unknown-voice", 422, "Unknown voice", "沒有這個聲音")),
    (BadInput, ProblemKind("bad-input", 422, "Invalid request", "請求內容有誤")),
    (VoiceError, ProblemKind("voice-failed", 502, "The voice failed", "語音合成失敗")),
    (Incomplete, ProblemKind("incomplete", 502, "Sentences are missing", "語音不完整")),
    (StorageError, ProblemKind("storage-failed", 503, "Storage failed", "儲存空間故障")),
    (CacheError, ProblemKind("storage-failed", 503, "Storage failed", "儲存空間故障")),
)
_HTTP: Final = {
    400: ProblemKind("bad-request", 400, "Bad request", "請求格式有誤"),
    401: ProblemKind("unauthorized", 401, "An API key is needed", "需要 API 金鑰"),
    403: ProblemKind("forbidden", 403, "Not allowed", "這把金鑰沒有權限"),
    404: ProblemKind("not-found", 404, "Not found", "找不到"),
    405: ProblemKind("method-not-allowed", 405, "Method not allowed", "不支援的方法"),
    408: ProblemKind("too-slow", 408, "Request too slow", "請求逾時"),
    409: ProblemKind("conflict", 409, "Not possible here", "這裡做不到"),
    412: ProblemKind("changed-meanwhile", 412, "Changed meanwhile", "內容已被別人改過"),
    413: ProblemKind("too-large", 413, "Request too large", "內容太大"),
    421: ProblemKind("wrong-host", 421, "Not this service's name", "不是這個服務的網址"),
    416: ProblemKind("range-not-satisfiable", 416, "Range not satisfiable", "範圍不正確"),
    428: ProblemKind("version-needed", 428, "A version is needed", "需要版本"),
    429: ProblemKind("too-many-requests", 429, "Too many requests", "請求太多，請稍後再試"),
    501: ProblemKind("not-implemented", 501, "Not implemented", "不支援"),
    503: ProblemKind("unavailable", 503, "Not available now", "服務暫時無法使用"),
}
_OF_INNER_ADDRESSES: Final = frozenset({"server-unreachable", "broker-away", "no-worker"})
_INNER_FACTS: Final = frozenset({"host", "broker", "reason"})
"""Of those kinds: where machines behind the service stand is for the log."""
_FRAMEWORK: Final = {404: "path-unknown", 405: "method-unknown"}
_GONE: Final = 410
_INVALID: Final = ProblemKind("invalid-request", 422, "Invalid request", "請求內容有誤")
_OTHER: Final = ProblemKind("error", 500, "Error", "發生錯誤")


_SCHEMA: Final = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {"type": "string", "format": "uri", "example": "urn:tingwen:problem:no-article"},
        "title": {"type": "string", "description": "In the language that the client prefers."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, and what to do."},
        "message": {"type": "string", "description": "The same for a page that shows it."},
        "kind": {"type": "string", "description": "What happened, for programs."},
        "facts": {"type": "object", "description": "To what it happened."},
        "instance": {"type": "string"},
        "request_id": {"type": "string", "description": "To find it in the logs."},
        "error": {"type": "object", "description": "The same as OpenAI's clients expect it."},
    },
}


def _response(status: int, what: str) -> dict[str, Any]:
    kind = next((kind for _, kind in _KINDS if kind.status == status), None) or _HTTP[status]
    example = {
        "type": f"urn:tingwen:problem:{kind.name}",
        "title": kind.english,
        "status": status,
        "detail": what,
        "instance": "/v1/…",
        "request_id": "6f1d0c5b9a3e4d27",
        "message": what,
        "kind": kind.name,
        "facts": {},
        "error": {"message": what, "type": kind.name, "code": kind.name},
    }
    media = {"schema": _SCHEMA, "example": example}
    return {"description": what, "content": {"application/problem+json": media}}


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    status: _response(status, what)
    for status, what in (
        (400, "Not HTTP as it should be."),
        (401, "An API key is needed, or it is not known."),
        (403, "The API key has not the scope."),
        (404, "Not found."),
        (410, "The article was withdrawn."),
        (408, "The body did not arrive in time."),
        (413, "The body is too large."),
        (416, "The range lies outside."),
        (422, "The request must be changed."),
        (429, "Too many requests; see Retry-After."),
        (502, "The voice failed."),
        (503, "Shutting down, busy (see Retry-After), or the cache or the disk failed."),
    )
}
"""How every operation may fail, for the OpenAPI document."""


def kind_of(error: Exception) -> ProblemKind:
    """The row of the table for `error`."""
    return next((kind for cls, kind in _KINDS if isinstance(error, cls)), _OTHER)


def install(app: FastAPI) -> None:
    """Answer every error of this service with problem details."""

    @app.exception_handler(TingwenError)
    @app.exception_handler(CacheError)
    async def ours(request: Request, error: TingwenError | CacheError) -> JSONResponse:
        if _is_inside(error):
            _log.warning("storage failed: %s", error)
        return _answer(request, kind_of(error), error)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        return answer_http(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        complaints = [complaint(e) for e in error.errors()]
        return _answer(request, _INVALID, BadInput("request-invalid", complaints=complaints))


def kind_of_status(status: int) -> ProblemKind:
    """The row of the table for an HTTP status."""
    return _HTTP.get(status, _OTHER)


def answer_http(request: Request, error: HTTPException) -> JSONResponse:
    """The answer to a refusal, also for those who refuse before the routes."""
    told = error if isinstance(error, Worded) else _of_framework(error)
    answer = _answer(request, kind_of_status(error.status_code), told, status=error.status_code)
    answer.headers.update(error.headers or {})
    return answer


def _of_framework(error: HTTPException) -> BadInput:
    """What FastAPI refuses by itself: no such path, no such method."""
    known = _FRAMEWORK.get(error.status_code)
    return BadInput(known) if known else BadInput("http-other", reason=str(error.detail))


def _answer(
    request: Request, kind: ProblemKind, error: Worded, *, status: int | None = None
) -> JSONResponse:
    language = language_of(request)
    fields: dict[str, Any] = {
        "type": f"urn:tingwen:problem:{kind.name}",
        "title": kind.chinese if language is Language.CHINESE else kind.english,
        "status": status or kind.status,
        "detail": _printable(word_for_client(error, language)),
        "instance": request.scope["path"],
        "request_id": request.scope.get("request_id", ""),
        "message": _printable(word(error, language, Door.PAGE)),
        "kind": error.kind,
        "facts": {} if _is_inside(error) else _facts(error),
    }
    # OpenAI's clients look for the message here; RFC 9457 allows members of one's own.
    fields["error"] = {"message": fields["detail"], "type": kind.name, "code": kind.name}
    headers = {"Content-Language": language.value, "Vary": "Accept-Language"}
    if fields["status"] == _GONE:  # which caches keep unless they are told, and it can be restored
        headers["Cache-Control"] = "no-store"
    return JSONResponse(fields, fields["status"], headers, media_type="application/problem+json")


def word_for_client(error: Worded, language: Language) -> str:
    """What a client of the API is told. Of a disk or a bucket that fails only that it does: where
    it lies is for the log of whoever runs the service."""
    return word(error, language, Door.PAGE if _is_inside(error) else Door.HTTP)


def _is_inside(error: object) -> bool:
    return isinstance(error, StorageError | CacheError)


def _facts(error: Worded) -> dict[str, Any]:
    outer = _for_clients(error.kind, facts_as_json(error))
    facts: dict[str, Any] = json.loads(_printable(json.dumps(outer, ensure_ascii=False)))
    return facts


def _for_clients(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """Facts, those of causes too, without the addresses of the machines behind this service."""
    return {
        name: _cause_for_clients(fact)
        for name, fact in facts.items()
        if kind not in _OF_INNER_ADDRESSES or name not in _INNER_FACTS
    }


def _cause_for_clients(fact: Any) -> Any:
    if isinstance(fact, list):
        return [_cause_for_clients(one) for one in fact]
    if isinstance(fact, dict) and "facts" in fact:
        return {**fact, "facts": _for_clients(fact["kind"], fact["facts"])}
    return fact


def _printable(text: str) -> str:
    """Without the lone surrogates that what was sent may hold: UTF-8 has none."""
    return text.encode("utf-8", "replace").decode()


def language_of(request: Request) -> Language:
    """The language of the catalogue that the client prefers."""
    return Language.CHINESE if prefers_chinese(request) else Language.ENGLISH


def prefers_chinese(request: Request) -> bool:
    """Whether `Accept-Language` names Chinese before English (RFC 9110 12.5.4)."""
    weights = _weights(request)
    return weights["zh"] > weights["en"]


def prefers_english(request: Request) -> bool:
    """Whether it names English before Chinese."""
    weights = _weights(request)
    return weights["en"] > weights["zh"]


def _weights(request: Request) -> dict[str, float]:
    weights = {"zh": 0.0, "en": 0.0}
    for part in request.headers.get("accept-language", "").split(","):
        tag, _, weight = part.strip().partition(";q=")
        language = tag.lower().split("-")[0]
        if language in weights:
            try:
                weights[language] = max(weights[language], float(weight or 1))
            except ValueError:
                continue
    return weights

"""Telling other services that a narration is ready or has failed.

Signed as the Standard Webhooks specification says (standardwebhooks.com, 1.0.0): HMAC-SHA256
over `id.timestamp.body`, so that a receiver can tell ours from others' and old from new.
"""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import hmac
import json
import logging
import time
import uuid
from collections import OrderedDict
from datetime import UTC, datetime
from typing import Final

import httpx
from tenacity import (
    AsyncRetrying,
    RetryError,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)
from tenacity.wait import wait_base

from api.problems import kind_of
from api.settings import Settings
from api.work.deliveries import Deliveries, Delivery, hash_of
from api.work.jobs import Job
from audio_cache import Cache
from reader.errors import BadOptions

_ATTEMPTS: Final = 10
_WAIT: Final = wait_exponential_jitter(initial=1, max=600, jitter=1)
"""Seventeen minutes in all: long enough for a receiver that is restarted or redeployed."""
_TIMEOUT_S: Final = 10.0
_GRACE_S: Final = 2.0
"""That a service which ends gives to deliveries under way."""
_GONE: Final = 410
_REMEMBERED: Final = 4096
"""Messages that a process knows it has sent."""
_PREFIX: Final = "whsec_"
_LEAST_KEY_BYTES: Final = 24
_log: Final = logging.getLogger("tingwen.webhooks")


def key_of(secret: str) -> bytes:
    """The key in `whsec_` and base64, as the specification writes it, or any other text's bytes.

    Raises BadOptions, also for one that could be guessed: the specification wants 24 to 64 bytes.
    """
    key = secret.encode()
    if secret.startswith(_PREFIX):
        try:
            key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error as error:
            raise BadOptions("webhook-secret-bad", prefix=_PREFIX, reason=error) from error
    if len(key) < _LEAST_KEY_BYTES:
        raise BadOptions("webhook-secret-short", n_bytes=len(key), least_bytes=_LEAST_KEY_BYTES)
    return key


def signature(key: bytes, message_id: str, timestamp: str, body: bytes) -> str:
    """`v1,` and the signature in base64."""
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    return f"v1,{base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()}"


class Webhooks:
    """Delivers in the background: no narration waits for a receiver."""

    def __init__(self, settings: Settings, cache: Cache, wait: wait_base = _WAIT) -> None:
        for url in settings.webhooks:
            _check(url)
        self._settings = settings
        self._urls = {hash_of(url): url for url in settings.webhooks}
        self._key = key_of(settings.webhook_secret) if settings.webhooks else b""
        self._wait = wait
        self._deliveries = Deliveries(cache)
        self._tasks: set[asyncio.Task[None]] = set()
        self._told: OrderedDict[str, None] = OrderedDict()

    async def resume(self) -> None:
        """Make the deliveries that a process before this one has not made."""
        if not self._urls:
            return
        for delivery in await self._deliveries.waiting():
            if delivery.receiver in self._urls:
                self._begin(delivery, is_kept=True)
            else:
                _log.error("webhook %s is given up: no such receiver", delivery.message_id)
                await self._deliveries.forget(delivery)

    def tell(self, job: Job) -> None:
        """Tell every receiver of a job that is ready or failed; a cancelled one is neither."""
        if not self._settings.webhooks or job.status not in ("ready", "failed"):
            return
        if job.was_made_elsewhere:  # the process that made it tells them
            return
        message_id = _message_id(job)
        if message_id in self._told:
            return
        self._told[message_id] = None
        if len(self._told) > _REMEMBERED:
            self._told.popitem(last=False)
        body = json.dumps(self._event(job), ensure_ascii=True)
        for url in self._settings.webhooks:
            self._begin(Delivery.new(message_id, url, body), is_kept=False)

    def _begin(self, delivery: Delivery, *, is_kept: bool) -> None:
        task = asyncio.create_task(self._deliver(delivery, is_kept=is_kept))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Let go what is under way; what must wait for another try is kept for the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_GRACE_S)
        left = list(self._tasks)
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
        if left:
            _log.warning(
                "%d webhooks were not delivered before the service ended: "
                "they are tried again when it starts",
                len(left),
            )

    def _event(self, job: Job) -> dict[str, object]:
        base = f"{self._settings.base_url}/v1/articles/{job.id}"
        data: dict[str, object] = {"id": job.id, "title": job.script.title, "url": base}
        if job.narration is not None:
            data |= {"audio_url": f"{base}/audio.mp3", "duration": job.narration.duration_s}
        if job.error is not None:
            name = kind_of(job.error).name
            data["problem"] = {"type": f"urn:tingwen:problem:{name}", "detail": str(job.error)}
        moment = datetime.now(UTC).isoformat(timespec="seconds")
        return {"type": f"narration.{job.status}", "timestamp": moment, "data": data}

    async def _deliver(self, delivery: Delivery, *, is_kept: bool) -> None:
        """The same id at every try, so that a receiver can drop what it has already."""
        if not is_kept:
            await self._deliveries.keep(delivery)
        lease = await self._deliveries.take(delivery)
        if lease is None and is_kept:
            return  # another process is at it
        try:
            await self._send(delivery)
            await self._deliveries.forget(delivery)
        finally:
            if lease is not None:
                await lease.release()

    async def _send(self, delivery: Delivery) -> None:
        """Until it is taken, or is given up."""
        message_id, body = delivery.message_id, delivery.body.encode()
        url = self._urls[delivery.receiver]
        tries = AsyncRetrying(
            stop=stop_after_attempt(_ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_worth_another_try),
        )
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
                async for attempt in tries:
                    with attempt:
                        headers = self._headers(message_id, body)
                        answer = await client.post(url, content=body, headers=headers)
                        answer.raise_for_status()
        except (RetryError, httpx.HTTPError) as error:
            # The host alone: what is after it may be a secret of the receiver's.
            last: BaseException = error
            if isinstance(error, RetryError):
                last = error.last_attempt.exception() or error
            reason = getattr(last, "response", None) or type(last).__name__
            _log.error(
                "webhook %s was not taken by %s: %s", message_id, httpx.URL(url).host, reason
            )

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(self._key, message_id, timestamp, body),
        }


def _message_id(job: Job) -> str:
    """Of what is ready always the same: several processes may speak of it, and a receiver drops
    what it has already. Each failure is news."""
    if job.status == "failed":
        return f"msg_{uuid.uuid4().hex}"
    return f"msg_{hashlib.sha256(f'ready {job.id}'.encode()).hexdigest()[:32]}"


def _check(url: str) -> None:
    """Raises BadOptions for what cannot be posted to."""
    try:
        parts = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise BadOptions("webhook-url-bad", url=url) from error
    if parts.scheme not in ("http", "https") or not parts.host:
        raise BadOptions("webhook-url-bad", url=url)


def _worth_another_try(error: BaseException) -> bool:
    """410 says that the receiver wants no more; a cancelled delivery is to end."""
    if isinstance(error, httpx.HTTPStatusError):
        return error.response.status_code != _GONE
    return isinstance(error, httpx.HTTPError)

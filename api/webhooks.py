"""Telling other services that a narration is ready or has failed.

Signed as the Standard Webhooks specification says (standardwebhooks.com, 1.0.0): HMAC-SHA256
over `id.timestamp.body`, so that a receiver can tell ours from others' and old from new.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
import uuid
from typing import Final

import httpx
from tenacity import AsyncRetrying, RetryError, stop_after_attempt, wait_exponential_jitter
from tenacity.wait import wait_base

from api.jobs import Job
from api.problems import kind_of
from api.settings import Settings

_ATTEMPTS: Final = 6
_WAIT: Final = wait_exponential_jitter(initial=1, max=60, jitter=1)
_TIMEOUT_S: Final = 10.0
_log: Final = logging.getLogger("tingwen.webhooks")


def signature(secret: str, message_id: str, timestamp: str, body: bytes) -> str:
    """`v1,` and the signature in base64."""
    signed = b".".join((message_id.encode(), timestamp.encode(), body))
    digest = hmac.new(secret.encode(), signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


class Webhooks:
    """Delivers in the background: no narration waits for a receiver."""

    def __init__(self, settings: Settings, wait: wait_base = _WAIT) -> None:
        self._settings = settings
        self._wait = wait
        self._tasks: set[asyncio.Task[None]] = set()

    def ended(self, job: Job) -> None:
        """Tell every receiver of a job that is ready or failed; a cancelled one is neither."""
        if not self._settings.webhooks or job.status not in ("ready", "failed"):
            return
        if job.was_made_elsewhere:  # the process that made it tells them
            return
        body = json.dumps(self._event(job), ensure_ascii=False).encode("utf-8", "replace")
        for url in self._settings.webhooks:
            task = asyncio.create_task(self._deliver(url, f"msg_{uuid.uuid4().hex}", body))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is not delivered yet."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _event(self, job: Job) -> dict[str, object]:
        base = f"{self._settings.base_url}/v1/articles/{job.id}"
        data: dict[str, object] = {"id": job.id, "title": job.script.title, "url": base}
        if job.narration is not None:
            data |= {"audio_url": f"{base}/audio.mp3", "duration": job.narration.duration_s}
        if job.error is not None:
            name = kind_of(job.error).name
            data["problem"] = {"type": f"urn:tingwen:problem:{name}", "detail": str(job.error)}
        return {"type": f"narration.{job.status}", "data": data}

    async def _deliver(self, url: str, message_id: str, body: bytes) -> None:
        """The same id at every try, so that a receiver can drop what it has already."""
        tries = AsyncRetrying(stop=stop_after_attempt(_ATTEMPTS), wait=self._wait)
        try:
            async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as client:
                async for attempt in tries:
                    with attempt:
                        headers = self._headers(message_id, body)
                        answer = await client.post(url, content=body, headers=headers)
                        answer.raise_for_status()
        except RetryError as error:
            _log.warning("%s took no webhook in %d tries: %s", url, _ATTEMPTS, error)

    def _headers(self, message_id: str, body: bytes) -> dict[str, str]:
        timestamp = str(int(time.time()))
        return {
            "content-type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": timestamp,
            "webhook-signature": signature(
                self._settings.webhook_secret, message_id, timestamp, body
            ),
        }

"""Celery as we use it: tasks only, no results, nothing taken that is not being worked on."""

from __future__ import annotations

from typing import Final

from celery import Celery

from reader.cluster.settings import ClusterSettings
from reader.synthesis.in_process import Urgency

TASK: Final = "tingwen.speak"
QUEUE: Final = "tingwen"
_SEPARATOR: Final = ":"
_FEW_EACH: Final = (1, 4)
"""Of one client's sentences, those being spoken among them, so many at the first level and so many
up to the second: who comes anew waits for nobody's fifth, however much others have asked for."""
LEVELS: Final = tuple(range(len(_FEW_EACH) + 2))
"""Priorities of tasks, the most urgent first; batches, which nobody waits for, have the last."""


def level_of(urgency: Urgency, n_before: int) -> int:
    """The priority of a task whose client has `n_before` others that are not done."""
    if urgency is Urgency.BATCH:
        return LEVELS[-1]
    return sum(n_before >= few for few in _FEW_EACH)


def celery_app(settings: ClusterSettings) -> Celery:
    """An application that sends tasks, or works on them."""
    app = Celery("tingwen", broker=settings.broker, set_as_current=False)
    app.conf.update(
        task_default_queue=QUEUE,
        task_serializer="json",
        accept_content=["json"],
        task_ignore_result=True,
        # Taken off the queue when it is done: what a killed worker had is not lost.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_time_limit=settings.kill_after_s,
        # A worker holds what it speaks and nothing else, so that others can have it.
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        # A clip that is being spoken when Redis goes away is finished: it goes to the cache.
        worker_cancel_long_running_tasks_on_connection_loss=False,
        broker_transport_options={
            "visibility_timeout": settings.redelivery_s,
            "priority_steps": list(LEVELS),
            "sep": _SEPARATOR,
            "queue_order_strategy": "priority",
            "socket_connect_timeout": 5,
            "socket_keepalive": True,
        },
    )
    return app


def queue_keys() -> list[str]:
    """Redis' lists of waiting tasks, the most urgent first."""
    return [f"{QUEUE}{_SEPARATOR}{level}" if level else QUEUE for level in LEVELS]

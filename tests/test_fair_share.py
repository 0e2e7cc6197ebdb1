"""Turns between clients: nobody waits behind all that another one has asked for."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.fair_share import FairExecutor, FairQueue, FairSemaphore, current_client


@contextmanager
def as_client(name: str) -> Iterator[None]:
    token = current_client.set(name)
    try:
        yield
    finally:
        current_client.reset(token)


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers()), max_size=60))
def test_clients_take_turns_and_each_ones_items_keep_their_order(
    items: list[tuple[str, int]],
) -> None:
    queue: FairQueue[tuple[str, int]] = FairQueue()
    for item in items:
        queue.push(item, item[0])
    came = queue.drain()
    assert not queue
    for client in "ABC":
        mine = [item for item in items if item[0] == client]
        assert [item for item in came if item[0] == client] == mine
        for place, item in enumerate(mine):
            others = Counter(one[0] for one in came[: came.index(item)])
            assert item in came
            assert all(n <= place + 1 for name, n in others.items() if name != client)


def test_an_empty_queue_has_nothing_to_give() -> None:
    with pytest.raises(KeyError):
        FairQueue[int]().pop()


def test_a_newcomer_comes_after_one_task_of_a_busy_client() -> None:
    done: list[str] = []
    held = threading.Event()
    with FairExecutor(1, "test") as threads:
        threads.submit(held.wait)
        with as_client("busy"):
            futures = [threads.submit(done.append, "busy") for _ in range(100)]
        with as_client("new"):
            futures.append(threads.submit(done.append, "new"))
        held.set()
        for future in futures:
            future.result()
    assert done.index("new") <= 1
    assert done.count("busy") == 100


def test_work_inherits_its_client_and_errors_come_back() -> None:
    with FairExecutor(2, "test") as threads:
        with as_client("me"):
            assert threads.submit(current_client.get).result() == "me"
        broken: Future[float] = threads.submit(lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            broken.result()


def test_what_is_cancelled_or_dropped_is_not_done() -> None:
    done: list[str] = []
    held, began = threading.Event(), threading.Event()
    threads = FairExecutor(1, "test")

    def hold() -> None:
        began.set()
        held.wait()

    first = threads.submit(hold)
    began.wait()
    cancelled, dropped = threads.submit(done.append, "a"), threads.submit(done.append, "b")
    assert cancelled.cancel()
    threads.shutdown(wait=False, cancel_futures=True)
    held.set()
    first.result()
    assert dropped.cancelled()
    assert done == []
    with pytest.raises(RuntimeError):
        threads.submit(done.append, "c")


async def test_a_client_holds_no_more_than_its_share() -> None:
    places = FairSemaphore(3, most_each=2)
    leave = asyncio.Event()
    held: Counter[str] = Counter()

    async def hold(client: str) -> None:
        with as_client(client):
            async with places.place():
                held[client] += 1
                await leave.wait()

    async with asyncio.TaskGroup() as tasks:
        for client in ["busy"] * 10 + ["new"] * 2:
            tasks.create_task(hold(client))
        for _ in range(5):
            await asyncio.sleep(0)
        assert held == {"busy": 2, "new": 1}
        assert places.n_waiting("busy") == 8
        leave.set()
    assert held == {"busy": 10, "new": 2}
    assert places.n_waiting("busy") == 0


@pytest.mark.parametrize("seed", range(20))
async def test_no_place_is_lost_or_given_twice(seed: int) -> None:
    """Whoever is cancelled, whenever."""
    chance = random.Random(seed)
    places = FairSemaphore(3, most_each=chance.choice([0, 1, 2]))
    n_inside = most_inside = 0

    async def visit(client: str) -> None:
        nonlocal n_inside, most_inside
        with as_client(client):
            async with places.place():
                n_inside += 1
                most_inside = max(most_inside, n_inside)
                try:
                    for _ in range(chance.randrange(4)):
                        await asyncio.sleep(0)
                finally:
                    n_inside -= 1

    tasks = [asyncio.create_task(visit(chance.choice("ABCD"))) for _ in range(60)]
    for task in tasks:
        if chance.random() < 0.4:
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert most_inside <= 3
    assert all(places.n_waiting(client) == 0 for client in "ABCD")
    async with asyncio.timeout(5), asyncio.TaskGroup() as after:
        for client in "ABC":
            after.create_task(visit(client))
    assert n_inside == 0

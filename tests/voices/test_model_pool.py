"""Models are loaded when needed, shared or one a thread, and let go when nobody needs them."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.errors import BadOptions
from reader.voices.model_pool import ModelPool, idle_s_from_environment


class Model:
    """Counts how many were made and how many use it at once."""

    made = 0

    def __init__(self) -> None:
        Model.made += 1
        self.users = 0

    def work(self, shared: bool) -> None:
        self.users += 1
        assert shared or self.users == 1, "a model of one's own"
        time.sleep(0.01)
        self.users -= 1


@pytest.fixture(autouse=True)
def _none_made() -> None:
    Model.made = 0


@pytest.mark.thorough
@pytest.mark.parametrize("shared", [True, False])
def test_as_many_as_are_used_at_once(shared: bool) -> None:
    pool = ModelPool(Model, shared=shared)

    def work(_: int) -> None:
        with pool.use() as model:
            model.work(shared)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(40)))
    assert Model.made == 1 if shared else 1 <= Model.made <= 4


@pytest.mark.thorough
def test_a_model_that_nobody_used_lately_is_let_go_and_loaded_again() -> None:
    pool = ModelPool(Model, shared=True, idle_s=0.05)
    with pool.use():
        time.sleep(0.1)
        with pool.use():
            assert Model.made == 1, "what is used is not idle"
    let_go = threading.Event()
    while pool.n_resting:
        assert not let_go.wait(0.01)
    with pool.use():
        assert Model.made == 2
    pool.clear()
    assert pool.n_resting == 0


def test_a_model_that_cannot_be_loaded_is_tried_again() -> None:
    faults = [OSError("no memory"), None]

    def load() -> Model:
        fault = faults.pop(0)
        if fault:
            raise fault
        return Model()

    pool = ModelPool(load, shared=True)
    with pytest.raises(OSError, match="no memory"), pool.use():
        pass
    with pool.use() as model:
        assert isinstance(model, Model)


@pytest.mark.parametrize("text", ["-1", "soon", "nan", "inf", ""])
def test_a_time_that_is_none_is_a_clear_error(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGWEN_VOICE_IDLE_S", text)
    with pytest.raises(BadOptions, match="give seconds"):
        idle_s_from_environment()

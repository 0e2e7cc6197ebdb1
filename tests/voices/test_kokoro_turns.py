"""Which row is spoken when: by room, in order, and none waits for ever."""

from __future__ import annotations

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from reader.voices.kokoro.turns import MOST_PASSED_BY, Turns


class Stage:
    """Rows on threads of their own, that speak until they are told to end."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._ends: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []
        self.began: list[tuple[str, bool]] = []

    def enter(self, name: str, n_phonemes: int) -> None:
        self._ends[name] = threading.Event()
        thread = threading.Thread(target=self._speak, args=(name, n_phonemes), daemon=True)
        self._threads.append(thread)
        thread.start()
        time.sleep(0.02)  # it speaks, or stands in line

    def end(self, name: str) -> None:
        self._ends[name].set()
        time.sleep(0.02)

    def close(self) -> None:
        for end in self._ends.values():
            end.set()
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive()

    def _speak(self, name: str, n_phonemes: int) -> None:
        with self._turns.turn(n_phonemes) as is_alone:
            self.began.append((name, is_alone))
            self._ends[name].wait(5)


def test_a_shorter_row_goes_before_one_without_room_and_the_first_is_alone() -> None:
    stage = Stage(Turns(2, 100))
    for name, n_phonemes in (("first", 60), ("long", 90), ("short", 30), ("third", 10)):
        stage.enter(name, n_phonemes)
    assert stage.began == [("first", True), ("short", False)], "two at once, by room"
    stage.end("first")
    assert stage.began[2:] == [("third", False)]
    stage.close()
    assert stage.began[3:] == [("long", stage.began[3][1])]


def test_a_long_row_is_not_passed_by_for_ever() -> None:
    stage = Stage(Turns(2, 100))
    stage.enter("first", 60)
    stage.enter("long", 90)
    for number in range(MOST_PASSED_BY + 1):
        stage.enter(f"short {number}", 10)
        stage.end(f"short {number}")
    assert "long" not in dict(stage.began)
    assert f"short {MOST_PASSED_BY}" not in dict(stage.began), "waits behind the long one"
    stage.end("first")
    assert stage.began[-2:] == [("long", True), (f"short {MOST_PASSED_BY}", False)]
    stage.close()


def test_a_row_longer_than_all_room_goes_alone() -> None:
    stage = Stage(Turns(2, 100))
    stage.enter("small", 10)
    stage.enter("huge", 500)
    assert stage.began == [("small", True)]
    stage.end("small")
    stage.enter("other", 10)
    assert stage.began == [("small", True), ("huge", True)]
    stage.close()


@pytest.mark.parametrize("seed", range(5))
def test_all_rows_are_spoken_within_the_room(seed: int) -> None:
    draw = random.Random(seed)
    turns = Turns(3, 100)
    lock, speaking, most = threading.Lock(), [], []

    def speak(n_phonemes: int) -> None:
        with turns.turn(n_phonemes):
            with lock:
                speaking.append(n_phonemes)
                most.append((len(speaking), sum(speaking)))
            time.sleep(0.001)
            with lock:
                speaking.remove(n_phonemes)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(speak, [draw.randint(1, 120) for _ in range(100)]))
    assert len(most) == 100
    assert all(n <= 3 and (total <= 100 or n == 1) for n, total in most)

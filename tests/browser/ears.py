"""What is heard while a page plays, second by second, next to what it highlights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

_PROBE = Path(__file__).with_name("probe.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Moment:
    """One frame of the screen."""

    at: float
    """Milliseconds."""
    hz: float
    """The loudest tone, 0 for silence."""
    text: str
    """The highlighted sentence."""
    streams: int
    """How many streams sound, beside finished files."""


class Ears:
    """An analyser on every <audio> of a page; made before the page is opened."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.add_init_script(_PROBE)

    def start(self) -> None:
        self._page.evaluate("startListening()")

    def moments(self) -> list[Moment]:
        return [Moment(**moment) for moment in self._page.evaluate("heard")]


def longest_ms(moments: list[Moment], start: float, end: float) -> float:
    """Milliseconds that a stretch may have lasted at most: from the last moment without it to
    the next one, however late a busy machine drew its frames."""
    before = max((moment.at for moment in moments if moment.at < start), default=start)
    after = min((moment.at for moment in moments if moment.at > end), default=end)
    return after - before


def stretches(moments: list[Moment]) -> list[tuple[float, float, float]]:
    """Tone, first and last millisecond of each stretch of one sound; 0 Hz is silence.

    The analyser's window is 43 ms wide: edges blur by that much, shorter stretches are noise.
    """
    found: list[tuple[float, float, float]] = []
    for moment in moments:
        if found and abs(found[-1][0] - moment.hz) < 60:
            found[-1] = (found[-1][0], found[-1][1], moment.at)
        else:
            found.append((moment.hz, moment.at, moment.at))
    joined: list[tuple[float, float, float]] = []
    for hz, start, end in found:
        if end - start < 45:
            continue
        if joined and abs(joined[-1][0] - hz) < 60:
            joined[-1] = (joined[-1][0], joined[-1][1], end)
        else:
            joined.append((hz, start, end))
    return joined

"""What a test does with the player on a page, and asks of it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page, expect

MORE = ("上一句", "下一句", "分享這一句", "Next sentence")
USUAL = ("倒退 10 秒", "快轉 10 秒", "Back 10 seconds")
"""Keys that stand in one another's place."""


class Player:
    """The first <tingwen-player> of a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.element = page.locator("tingwen-player").first

    @classmethod
    def open(cls, page: Page, url: str) -> Player:
        """The player of a page, when it knows its article."""
        page.goto(url)
        player = cls(page)
        expect(player.element.get_by_role("slider")).to_be_enabled()
        return player

    def button(self, name: str) -> Locator:
        if name in MORE or name in USUAL:
            self.show_more(name in MORE)
        return self.element.get_by_role("button", name=name, exact=True)

    def show_more(self, is_open: bool = True) -> None:
        """Have the keys behind 「更多」 in the place of the usual ones, or these again."""
        key = self.element.locator(".more")
        if (key.get_attribute("aria-expanded") == "true") is not is_open:
            key.click()

    def time(self) -> float:
        return float(self.element.evaluate("p => p.currentTime"))

    def seek(self, seconds: float) -> None:
        self.element.evaluate("(p, s) => (p.currentTime = s)", seconds)

    def paused(self) -> bool:
        return bool(self.element.evaluate("p => p.paused"))

    def pause(self) -> None:
        self.element.evaluate("p => p.pause()")

    def sentence(self) -> int:
        return int(self.element.evaluate("p => p.sentence"))

    def highlighted(self) -> str:
        """The text that is highlighted on the page."""
        return str(
            self.page.evaluate("[...(CSS.highlights.get('tingwen') ?? [])].map(String).join('|')")
        )

    def number(self, expression: str) -> float:
        return float(self.element.evaluate(f"p => {expression}"))

    def wait_until(self, condition: str) -> None:
        """Until `condition` about the element `p` holds."""
        self._wait(f"([p]) => {condition}", None)

    def wait_until_past(self, seconds: float) -> None:
        self._wait("([p, s]) => p.currentTime > s", seconds)

    def wait_for_highlight(self, text: str) -> None:
        self.page.wait_for_function(
            "text => [...(CSS.highlights.get('tingwen') ?? [])].map(String).join('|') === text",
            arg=text,
        )

    def wait_for_sentence(self, index: int) -> None:
        self._wait("([p, i]) => p.sentence === i", index)

    def start_of(self, text: str) -> float:
        """When a sentence is heard, as the service says."""
        article = self.page.evaluate(
            "id => fetch(`/v1/articles/${id}`).then(r => r.json())",
            self.element.get_attribute("article"),
        )
        return float(next(u["start"] for u in article["utterances"] if u["text"] == text))

    def _wait(self, condition: str, value: Any) -> None:
        self.page.wait_for_function(condition, arg=[self.element.element_handle(), value])

"""The way from a request to a script, in threads of its own.

asyncio's own threads are six on two processors, and everything that reads the cache needs one:
behind six pages that come slowly, or six long articles, every listener would wait.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final, TypeVar

from api.models import MOST_SENT_WORDS, ArticleRequest, SentLexicon
from api.refusal import Refusal
from api.settings import Settings
from api.work.lexicon_store import LexiconStore
from reader.article import ArticleOptions, Page, load_source
from reader.article.access import Access
from reader.article.classify import classify_input
from reader.article.fetch import FetchLimits, fetch_page
from reader.errors import BadInput
from reader.fair_share import FairExecutor, FairSemaphore, current_client
from reader.script import Lexicon, PageOptions, Script, script_from_page
from reader.script.lexicon_file import Tables, parse_lexicon
from reader.script.rewrite import Written, rewrite_script
from reader.synthesis.observer import Observer

_T = TypeVar("_T")
_FETCHES: Final = 16
"""Pages fetched at a time; the others wait for their turn."""
_FETCHES_EACH: Final = 4
"""For one client, of pages that may come as slowly as their servers like."""
_WAITING_EACH: Final = 16
"""More of one client's wait for nobody: they are refused."""
_WAIT_S: Final = 10


class ScriptBuilder:
    """Finds the article in what was sent and writes its script. Raises BadInput."""

    def __init__(self, settings: Settings, observer: Observer) -> None:
        self.lexicons = LexiconStore(settings.lexicon)
        self._max_chars = settings.max_article_chars
        self._access = Access(hosts=settings.allow_hosts)
        self._observer = observer
        self._fetching = ThreadPoolExecutor(_FETCHES, "tingwen-fetch")
        self._turns = FairSemaphore(_FETCHES, _FETCHES_EACH)
        self._writing = FairExecutor(os.cpu_count() or 1, "tingwen-script")

    async def script(self, request: ArticleRequest) -> Script:
        """The script of an article, wherever in a page it stands."""
        loop = asyncio.get_running_loop()
        with self._observer.span("script"):
            page, url = _sent(request)
            if page is None:
                page = await self._in_turn(partial(self._fetch, url))
            return await loop.run_in_executor(self._writing, self._of_page, page, request)

    async def page_inside(self, origin: str, url: str) -> Page:
        """The page at an address of a site that asked for it, whatever its robots.txt says to
        others; redirects must stay in its origin. Raises BadInput, HTTPException 429."""
        limits = FetchLimits(origin=origin)
        fetch = partial(fetch_page, url, obey_robots=False, access=self._access, limits=limits)
        return await self._in_turn(fetch)

    async def script_of_page(self, page: Page, body: str, words: Lexicon) -> Script:
        """The script of a page whose article stands in the element of the selector `body`; `words`
        go before the service's own."""
        article = ArticleOptions(body=body)
        lexicon = self.lexicons.lexicon().with_words_of(words)
        options = PageOptions(article, lexicon, max_chars=self._max_chars)
        with self._observer.span("script"):
            return await self.run(lambda: script_from_page(page, options)[1])

    async def script_of_text(self, text: str, lexicon: SentLexicon | None = None) -> Script:
        """The script of `text` as it is, nothing dropped."""
        loop = asyncio.get_running_loop()
        with self._observer.span("script"):
            return await loop.run_in_executor(self._writing, self._of_text, text, lexicon)

    async def rewrite(self, written: Written, lexicon: SentLexicon | None) -> Script:
        """The script of the same article with the lexicons of now."""
        return await self.run(lambda: rewrite_script(written, self._with_words(lexicon)))

    async def run(self, act: Callable[[], _T]) -> _T:
        """What takes a while, such as readings, in a thread of those that write."""
        return await asyncio.get_running_loop().run_in_executor(self._writing, act)

    def close(self) -> None:
        """Leave what is being fetched or written to itself: nobody waits for it any more."""
        for threads in (self._fetching, self._writing):
            threads.shutdown(wait=False, cancel_futures=True)

    async def _in_turn(self, fetch: Callable[[], Page]) -> Page:
        """The page, when it is this client's turn. Raises HTTPException 429 if he has too many."""
        if self._turns.n_waiting(current_client.get()) >= _WAITING_EACH:
            most = _FETCHES_EACH + _WAITING_EACH
            raise Refusal(429, "too-many-fetches", {"Retry-After": str(_WAIT_S)}, most=most)
        async with self._turns.place():
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._fetching, fetch)

    def _fetch(self, url: str) -> Page:
        if not url.startswith(("http://", "https://")):
            raise BadInput("url-not-http")
        return load_source(url, access=self._access)

    def _of_page(self, page: Page, request: ArticleRequest) -> Script:
        lexicon = self._with_words(request.lexicon)
        options = PageOptions(lexicon=lexicon, title=request.title or "", max_chars=self._max_chars)
        return script_from_page(page, options)[1]

    def _of_text(self, text: str, sent: SentLexicon | None) -> Script:
        options = PageOptions(ArticleOptions(mode="text"), self._with_words(sent))
        return script_from_page(Page(text.encode("utf-8", "replace"), "text"), options)[1]

    def _with_words(self, sent: SentLexicon | None) -> Lexicon:
        """The service's lexicon, and what was sent in front of it. Raises BadOptions."""
        own = self.lexicons.lexicon()
        if not sent:
            return own
        return own.with_words_of(parse_lexicon(Tables.of(sent), MOST_SENT_WORDS))


def _sent(request: ArticleRequest) -> tuple[Page | None, str]:
    """The page that was sent, or None and its address."""
    if request.page is not None:
        pasted = classify_input(request.page)
        if pasted.kind == "url":
            return None, pasted.url
        return Page(request.page.encode("utf-8", "replace"), pasted.kind), ""
    if request.text is not None:
        return Page(request.text.encode("utf-8", "replace"), "text"), ""
    if request.html is not None:
        return Page(request.html.encode("utf-8", "replace"), "html"), ""
    return None, request.url or ""

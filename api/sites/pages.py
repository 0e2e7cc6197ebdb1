"""Pages of sites: their narrations by address, made at publication or for the first who looks."""

from __future__ import annotations

import asyncio
import math
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Final

from api.middleware.rate_limits import RateLimits
from api.refusal import Refusal
from api.service import Found, Service
from api.sites.addresses import origin_of, page_address
from api.sites.page_index import PageIndex
from api.sites.site import Site
from api.work.jobs import Job
from api.work.lexicon_store import LexiconStore
from reader.article import Page
from reader.article.canonical import canonical_address
from reader.errors import BadInput
from reader.narration.narrator import ReadOptions
from reader.podcast.page_address import canonical_link

_LOOK_AGAIN_S: Final = 600.0
"""After so long somebody who looks at a page has it looked through for edits."""
_REMEMBERED: Final = 4096


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page's narration, as far as it is."""

    address: str
    site: Site
    id: str
    found: Found
    is_new: bool = False
    is_stale: bool = False
    """Whether a reader's player is to ask for a look at the page."""


class SitePages:
    """The pages of the sites that the settings name. Methods raise BadInput for addresses of no
    site and pages without an article, Withdrawn, StorageError."""

    def __init__(self, service: Service) -> None:
        self._service = service
        settings = service.settings
        self._sites = {site.origin: site for site in settings.sites}
        self._index = PageIndex(service.cache)
        self._words = {site.origin: LexiconStore(site.lexicon) for site in settings.sites}
        self._limits = {
            site.origin: RateLimits("", site.quota, settings.rate_store) for site in settings.sites
        }
        self._looks: OrderedDict[str, tuple[float, BadInput | None]] = OrderedDict()
        """When pages were looked through, and what was wrong with them."""
        self._looking: dict[str, asyncio.Task[MadePage]] = {}
        self._following: dict[asyncio.Task[None], Job] = {}

    def site_of(self, url: str) -> Site | None:
        """The site that an address is inside of."""
        return self._sites.get(origin_of(url))

    async def show(self, url: str) -> MadePage:
        """What there is of a page; starts nothing. Raises HTTPException 404 if nothing was made."""
        address, site = self._place(url)
        made = await self._made(address, site)
        if made is None:
            raise Refusal(404, "page-not-made", address=address, make=site.make)
        return made

    async def publish(self, url: str, html: str | None, client: str) -> MadePage:
        """Have a page read as it is now, or as `html` says that it is."""
        address, site = self._place(url)
        return await self._make(address, site, html, client)

    async def look(self, url: str, origin: str) -> MadePage:
        """Have a page made that a reader looks at, or looked through for edits. `origin` is the
        site of the page that asks. Raises HTTPException 403 from elsewhere or where readers may
        not, 429 if they did so too often."""
        address, site = self._place(url)
        if origin != site.origin:
            raise Refusal(403, "site-not-named", origin=origin[:100] or "another site")
        if site.make != "on-view":
            raise Refusal(403, "page-not-on-view", address=address)
        made = await self._made(address, site)
        is_fresh, wrong = self._last_look(address)
        if is_fresh and made is not None:
            return made
        if is_fresh and wrong is not None:
            raise wrong.with_traceback(None)
        return await self._look(address, site)

    async def close(self) -> None:
        """What has been read to its end by another voice is noted yet; all else is left."""
        unread = [task for task, job in self._following.items() if not _has_ended(job)]
        for task in (*unread, *self._looking.values()):
            task.cancel()
        await asyncio.gather(*self._following, *self._looking.values(), return_exceptions=True)
        for limits in self._limits.values():
            await limits.close()

    def _place(self, url: str) -> tuple[str, Site]:
        """The address as it is kept, and its site."""
        address, site = page_address(url), self.site_of(url)
        if site is None or not canonical_address(address):
            raise BadInput("page-not-of-site", address=url[:200])
        return address, site

    async def _made(self, address: str, site: Site) -> MadePage | None:
        """The last narration that is ready; until one is, the one in the making."""
        await self._service.narrator.store.withdrawals.require_none(address=address)
        growing: MadePage | None = None
        for known in await self._index.find(address):
            found = await self._service.find(known, may_start=False)
            if found is None:
                continue
            is_stale = site.make == "on-view" and not self._last_look(address)[0]
            made = MadePage(address, site, known, found, is_stale=is_stale)
            if found.narration is not None:
                return made
            is_growing = found.job is not None and found.job.error is None
            growing = growing or (made if is_growing else None)
        return growing

    def _last_look(self, address: str) -> tuple[bool, BadInput | None]:
        """Whether a page was looked through a short while ago, and what was wrong with it."""
        looked_at, wrong = self._looks.get(canonical_address(address), (-math.inf, None))
        return time.monotonic() - looked_at < _LOOK_AGAIN_S, wrong

    async def _look(self, address: str, site: Site) -> MadePage:
        """Make it once, however many look at it at that moment."""
        name = canonical_address(address)
        task = self._looking.get(name)
        if task is None:
            task = asyncio.create_task(self._make_in_quota(address, site))
            self._looking[name] = task
            task.add_done_callback(lambda done: self._note(address, done))
        return await asyncio.shield(task)

    async def _make_in_quota(self, address: str, site: Site) -> MadePage:
        wait_s = await self._limits[site.origin].wait_s(None, site.origin)
        if wait_s:
            headers = {"Retry-After": str(wait_s)}
            raise Refusal(429, "site-quota-used", headers, origin=site.origin, wait_s=wait_s)
        return await self._make(address, site, None, f"site {site.origin}")

    def _note(self, address: str, done: asyncio.Task[MadePage]) -> None:
        self._looking.pop(canonical_address(address), None)
        error = None if done.cancelled() else done.exception()
        if isinstance(error, BadInput):
            self._remember(address, error)

    def _remember(self, address: str, wrong: BadInput | None) -> None:
        self._looks[canonical_address(address)] = (time.monotonic(), wrong)
        self._looks.move_to_end(canonical_address(address))
        if len(self._looks) > _REMEMBERED:
            self._looks.popitem(last=False)

    async def _make(self, address: str, site: Site, html: str | None, client: str) -> MadePage:
        service = self._service
        require_allowed = service.narrator.store.withdrawals.require_none
        await require_allowed(address=address)
        page = await self._page(address, site, html)
        await require_allowed(address=page.url)
        words = self._words[site.origin].lexicon()
        script = await service.builder.script_of_page(page, site.selector, words)
        await service.narrator.require_allowed(script)
        options = ReadOptions(voice=site.voice or service.settings.voice)
        narration_id, found, is_new = await service.narrate(script, options, client)
        addresses = {canonical_address(one): one for one in (address, page.url)}
        for one in addresses.values():
            await self._index.put(one, narration_id)
            self._remember(one, None)
        job = found.job
        if job is not None:
            task = asyncio.create_task(self._follow(job, list(addresses.values())))
            self._following[task] = job
            task.add_done_callback(lambda done: self._following.pop(done, None))
        return MadePage(address, site, narration_id, found, is_new)

    async def _page(self, address: str, site: Site, html: str | None) -> Page:
        """The page under its own name: its canonical link, where that is inside of the site."""
        if html is None:
            page = await self._service.builder.page_inside(site.origin, address)
        else:
            page = Page(html.encode("utf-8", "replace"), "html", address)
        own = page_address(canonical_link(page))
        is_inside = origin_of(own) == site.origin and bool(canonical_address(own))
        return replace(page, url=own if is_inside else address)

    async def _follow(self, job: Job, addresses: list[str]) -> None:
        """Where another voice has read it, that narration is the page's."""
        if job.task is not None:
            await asyncio.wait([job.task])
        if job.narration is not None and job.narration.id != job.id:
            for address in addresses:
                await self._index.put(address, job.narration.id, instead_of=job.id)


def _has_ended(job: Job) -> bool:
    return job.task is None or job.task.done()

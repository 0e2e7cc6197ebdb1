"""`tingwen cache remove`, `restore` and `withdrawn`: what must go for good, or may return."""

from __future__ import annotations

import argparse
import re
from typing import Final

from api.work.removal import Removal
from audio_cache import Cache
from reader.article.canonical import canonical_address
from reader.cli.print_json import print_json
from reader.errors import BadInput
from reader.library.narrate import open_narrator
from reader.messages.text import say
from reader.narration.withdrawals import Withdrawal, Withdrawals

_ID: Final = re.compile("[0-9a-f]{32}")


async def remove(options: argparse.Namespace) -> None:
    """Withdraw an article by the id of a narration or by its address. Raises BadInput."""
    narration_id, address = _named(options.article)
    cache = Cache.open()
    async with open_narrator(cache) as narrator:
        removal = Removal(cache, narrator)
        known = await removal.withdrawals.find(narration_id, address=address)
        if known is None and narration_id:
            known = await removal.describe(narration_id)
        ids = [narration_id] if narration_id else []
        withdrawal = known or Withdrawal.now(options.article, ids=ids, address=address)
        await removal.mark(withdrawal)
        whole = await removal.finish(withdrawal)
    if options.json:
        print_json({"name": whole.name, "ids": whole.ids, "address": whole.address, "at": whole.at})
        return
    told = "withdrawn: {name} (narrations: {n}); `tingwen cache restore` lets it be made again"
    print(say(told, name=whole.address or whole.name, n=len(whole.ids)))


async def restore(options: argparse.Namespace) -> None:
    """Let a withdrawn article be made again. Raises BadInput if it never was withdrawn."""
    narration_id, address = _named(options.article)
    withdrawals = Withdrawals(Cache.open())
    found = await withdrawals.find(narration_id, address=address)
    if found is None:
        raise BadInput("never-withdrawn", name=options.article)
    await withdrawals.restore(found)
    if options.json:
        print_json({"name": found.name, "ids": found.ids, "address": found.address})
        return
    print(say("{name} may be made again", name=found.address or found.name))


async def withdrawn(options: argparse.Namespace) -> None:
    """List what was withdrawn, the last first."""
    found = await Withdrawals(Cache.open()).all()
    if options.json:
        print_json(
            [{"at": w.at, "name": w.name, "ids": w.ids, "address": w.address} for w in found]
        )
        return
    for withdrawal in found:
        print(f"{withdrawal.at}  {withdrawal.address or '-'}  {' '.join(withdrawal.ids)}".rstrip())


def _named(article: str) -> tuple[str, str]:
    """An id or an address; the other is "". Raises BadInput."""
    if _ID.fullmatch(article):
        return article, ""
    if not canonical_address(article):
        raise BadInput("not-an-article", name=article)
    return "", article

"""Articles that their publisher has withdrawn."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "article-withdrawn": Message(
        Wording(
            "the article was withdrawn: it is neither given out nor made again, unless "
            "`tingwen cache restore` lets it",
            page="This article was withdrawn by its publisher: choose another",
        ),
        Wording(
            "這篇文章已下架：不再提供，也不會再做；要恢復請用 `tingwen cache restore`",
            page="這篇文章已由發布者下架：請看別篇",
        ),
    ),
    "editing-needs-key": Message(
        Wording(
            "without keys articles are listed and withdrawn on this machine alone: set "
            "TINGWEN_API_KEYS, and send a key with the scope articles",
            page="Articles can be withdrawn only with a key: ask who runs the service",
        ),
        Wording(
            "沒有設定金鑰時，只有在本機才能列出和下架文章：請設定 TINGWEN_API_KEYS，"
            "並送有 articles 權限的金鑰",
            page="要有金鑰才能下架文章：請告訴管理者",
        ),
    ),
    "not-an-article": Message(
        Wording("{name!r} is neither an id nor the address of an article: give one of them"),
        Wording("{name!r} 既不是識別碼，也不是文章的網址：請給其中一個"),
    ),
    "never-withdrawn": Message(
        Wording("{name} was never withdrawn: see `tingwen cache withdrawn`"),
        Wording("{name} 沒有下架過：請看 `tingwen cache withdrawn`"),
    ),
}

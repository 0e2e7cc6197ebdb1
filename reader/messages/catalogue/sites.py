"""Sites whose pages are read by their address."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "page-not-made": Message(
        Wording(
            "nothing was made of {address} yet: have it made by POST /v1/pages",
            page="Not made yet: try again later",
        ),
        Wording(
            "{address} 尚未製作：請用 POST /v1/pages 製作",
            page="尚未製作：請稍後再試",
        ),
    ),
    "page-not-of-site": Message(
        Wording(
            "{address!r} is no page of a site in TINGWEN_SITES: name its origin there",
            page="This page is not of a site that is read here: tell who runs the service",
        ),
        Wording(
            "{address!r} 不是 TINGWEN_SITES 裡哪個網站的網頁：請把它的來源（origin）寫進去",
            page="這裡沒有唸這個網站：請告訴管理者",
        ),
    ),
    "page-not-on-view": Message(
        Wording(
            'pages of this site are made at publication alone: POST /v1/pages, or make = "on-view"',
            page="Not made yet: try again later",
        ),
        Wording(
            '這個網站只在發佈時製作：請用 POST /v1/pages，或設 make = "on-view"',
            page="尚未製作：請稍後再試",
        ),
    ),
    "site-quota-used": Message(
        Wording(
            "readers of {origin} have had as many pages made as its quota lets them; wait {wait_s} "
            "seconds, or raise `quota` in TINGWEN_SITES",
            page="Too many pages are asked for: try again in {wait_s} seconds",
        ),
        Wording(
            "{origin} 的讀者要製作的網頁已達配額：請等 {wait_s} 秒，或調高 TINGWEN_SITES 的 quota",
            page="要製作的網頁太多：請 {wait_s} 秒後再試",
        ),
    ),
    "no-sites": Message(
        Wording("no sites are set: name them in TINGWEN_SITES (see docs/api.md)"),
        Wording("沒有設定網站：請寫進 TINGWEN_SITES（見 docs/api.md）"),
    ),
    "not-a-sitemap": Message(
        Wording("{name} is neither a sitemap nor a feed with pages: give the address of one"),
        Wording("{name} 不是 sitemap，也不是有網頁的 feed：請給它的網址"),
    ),
    "redirect-leaves": Message(
        Wording("{url} leads out of {origin}: give the address that it leads to"),
        Wording("{url} 轉到 {origin} 以外：請給轉過去的網址"),
    ),
    "sites-unreadable": Message(
        Wording("{field}: the file cannot be read ({reason}); name a TOML or JSON file"),
        Wording("{field} 的檔案讀不到（{reason}）：請寫 TOML 或 JSON 檔的路徑"),
    ),
    "sites-malformed": Message(
        Wording("{field}: must be a list of [[site]] in TOML, or the same in JSON ({reason})"),
        Wording("{field} 要是 TOML 的 [[site]]，或同樣的 JSON（{reason}）"),
    ),
    "sites-same-origin": Message(
        Wording("{field}: two sites have the same origin; leave one of them out"),
        Wording("{field} 有兩個網站的 origin 相同：請留一個"),
    ),
    "site-origin-bad": Message(
        Wording("{field}: {value!r} is no origin; write it as https://news.example"),
        Wording("{field} 的 {value!r} 不是來源：請寫成 https://news.example"),
    ),
    "site-make-bad": Message(
        Wording("{field}: make = {value!r} of {origin} must be on-publish or on-view"),
        Wording("{field}：{origin} 的 make = {value!r} 要是 on-publish 或 on-view"),
    ),
    "site-selector-bad": Message(
        Wording("{field}: {value!r} is no selector; write tag, .class, #id or tag.class"),
        Wording("{field} 的 {value!r} 不是選擇器：請寫 tag、.class、#id 或 tag.class"),
    ),
    "site-logo-bad": Message(
        Wording("{field}: {value!r} is no address of a picture; write it with https://"),
        Wording("{field} 的 {value!r} 不是圖片網址：請用 https:// 開頭"),
    ),
    "site-field-unknown": Message(
        Wording("{field}: a site has no {value!r}; it has {known}"),
        Wording("{field}：網站沒有 {value!r} 這一項，可用的有 {known}"),
    ),
}

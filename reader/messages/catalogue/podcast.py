"""Podcasts: their options, sources, feed and cover."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "category-unknown": Message(
        Wording("--category {category!r} is none of Apple's; give one of: {names}"),
        Wording("--category {category!r} 不是 Apple 的分類：請用其中一個：{names}"),
    ),
    "subcategory-unknown": Message(
        Wording(
            "--category {category!r} has no {subcategory!r} below it; leave it out "
            "or give one of: {names}",
        ),
        Wording(
            "--category {category!r} 底下沒有 {subcategory!r}：請拿掉，或用其中一個：{names}",
        ),
    ),
    "cover-unreadable": Message(
        Wording("{path} cannot be read ({reason}); give a PNG or JPEG"),
        Wording("{path} 讀不了（{reason}）：請給 PNG 或 JPEG"),
    ),
    "cover-format": Message(
        Wording("{path} is {format}; give a PNG or JPEG"),
        Wording("{path} 是 {format}：請給 PNG 或 JPEG"),
    ),
    "cover-size": Message(
        Wording("{path} is {width}×{height}; give a square of {least} to {most} px"),
        Wording("{path} 是 {width}×{height}：請給 {least} 到 {most} 像素的正方形"),
    ),
    "cover-mode": Message(
        Wording("{path} is {mode}; save it as RGB without transparency"),
        Wording("{path} 是 {mode}：請存成沒有透明的 RGB"),
    ),
    "feed-not-xml": Message(
        Wording("{feed} is no XML ({reason}): give an RSS 2.0 feed"),
        Wording("{feed} 不是 XML（{reason}）：請給 RSS 2.0 的 feed"),
    ),
    "feed-not-rss": Message(
        Wording("{feed} is no RSS 2.0 feed: give one with a <channel>"),
        Wording("{feed} 不是 RSS 2.0：請給有 <channel> 的 feed"),
    ),
    "feed-unreadable": Message(
        Wording("the feed {feed} cannot be read ({reason}): check its name"),
        Wording("feed {feed} 讀不了（{reason}）：請檢查檔名"),
    ),
    "folder-locked": Message(
        Wording("another run is working in {folder}; let it finish, or choose another --out"),
        Wording("另一次執行正在用 {folder}：請等它做完，或換個 --out"),
    ),
    "folder-unusable": Message(
        Wording("cannot use {path} ({reason}); free it or choose another --out"),
        Wording("{path} 用不了（{reason}）：請放行，或換個 --out"),
    ),
    "font-not-chinese": Message(
        Wording("--cover-font {path} has no Traditional Chinese characters; give another"),
        Wording("--cover-font {path} 沒有繁體中文字：請換一個"),
    ),
    "audio-unreadable": Message(
        Wording("{path} is no audio that can be read ({cause}); give MP3, WAV or FLAC"),
        Wording("{path} 不是讀得了的音訊：請給 MP3、WAV 或 FLAC（{cause}）"),
    ),
    "spot-too-long": Message(
        Wording("{path} is longer than {most_s} s: too long to be heard around every article"),
        Wording("{path} 超過 {most_s} 秒：每篇文章前後都放太長了"),
    ),
    "spot-gone": Message(
        Wording("the spot {digest} is neither given nor in the cache any more; give it again"),
        Wording("片頭、片尾或贊助音檔 {digest} 沒有給，快取裡也沒有了：請再給一次"),
    ),
    "nothing-given": Message(
        Wording("no articles are in what was given; name pages, folders or feeds"),
        Wording("給的東西裡沒有文章：請給網頁、資料夾或 feed"),
    ),
    "feed-in-feed": Message(
        Wording("{feed} is a feed that the feed {parent} leads to: name it as a source"),
        Wording("{feed} 是 feed {parent} 裡列出的另一個 feed：請直接給它"),
    ),
    "feed-too-large": Message(
        Wording("the feed {feed} has more elements than a feed has; give another"),
        Wording("feed {feed} 的內容多得不像 feed：請換一個"),
    ),
    "feed-empty": Message(
        Wording("the feed {feed} lists no articles; give another"),
        Wording("feed {feed} 沒有列出文章：請換一個"),
    ),
    "title-missing": Message(
        Wording("the podcast has no title; give one with --title"),
        Wording("Podcast 沒有標題：請用 --title 給"),
    ),
    "option-not-url": Message(
        Wording("--{option} is {url!r}; give an http(s) URL"),
        Wording("--{option} 是 {url!r}：請給 http(s) 網址"),
    ),
    "base-url-query": Message(
        Wording("--base-url is {url!r}; give it without ? and #: files' names follow it"),
        Wording("--base-url 是 {url!r}：請拿掉 ? 和 #，後面要接檔名"),
    ),
    "episode-broken": Message(
        Wording(
            "{title}: files of this episode are missing and the cache has lost its sound; "
            "it is not listed: give its source again, or `podcast remove` it"
        ),
        Wording(
            "{title}：這一集少了檔案，快取裡也沒有聲音了，所以沒有列出："
            "請再給一次來源，或用 `podcast remove` 移除"
        ),
    ),
    "episode-mended": Message(
        Wording("{title}: files of this episode were missing and are written again"),
        Wording("{title}：這一集少了檔案，已經補上"),
    ),
    "episode-withdrawn": Message(
        Wording(
            "{title} was removed from this show and is left out; `podcast add` it to have it again"
        ),
        Wording("{title} 已從節目移除，這次略過；要再加回來請用 `podcast add`"),
    ),
    "feed-lists-nothing": Message(
        Wording("no episode could be listed: directories refuse an empty feed; see what failed"),
        Wording("沒有任何一集可以列出，目錄不收空的 feed：請看哪裡失敗了"),
    ),
    "show-unreadable": Message(
        Wording("{path} cannot be read ({reason}): mend it, or begin anew with `podcast init`"),
        Wording("{path} 讀不了（{reason}）：請修好，或用 `podcast init` 重來"),
    ),
    "show-setting-bad": Message(
        Wording("{path}: {name!r} is no setting of a show, or of another type; see the guide"),
        Wording("{path}：{name!r} 不是節目的設定，或型別不對：請看說明"),
    ),
    "show-exists": Message(
        Wording("{path} is there already: change it, or give other flags to `podcast`"),
        Wording("{path} 已經有了：請改它，或用 `podcast` 的選項改"),
    ),
    "show-missing": Message(
        Wording("{path} is not there: describe the show with `podcast init`"),
        Wording("沒有 {path}：請先用 `podcast init` 寫好節目資料"),
    ),
    "episode-not-found": Message(
        Wording("{name!r} is no episode and no source of this show; see `podcast list`"),
        Wording("{name!r} 不是這個節目的一集或來源：請看 `podcast list`"),
    ),
    "episode-ambiguous": Message(
        Wording("{name!r} names {count} episodes; give the GUID of one, see `podcast list`"),
        Wording("{name!r} 有 {count} 集：請給其中一集的 GUID，看 `podcast list`"),
    ),
    "episode-picture-bad": Message(
        Wording("the picture beside an episode is not used: {cause}"),
        Wording("一集旁邊的圖沒有用：{cause}"),
    ),
    "language-bad": Message(
        Wording("--language is {language!r}; give a tag such as zh-TW"),
        Wording("--language 是 {language!r}：請給像 zh-TW 的語言代碼"),
    ),
    "email-bad": Message(
        Wording("--email is {email!r}; give an address such as me@example.org"),
        Wording("--email 是 {email!r}：請給像 me@example.org 的地址"),
    ),
    "counts-negative": Message(
        Wording("--limit, --page-size, --per-feed, --minutes and --season count: give 0 or more"),
        Wording("--limit、--page-size、--per-feed、--minutes、--season 是數目：請給 0 以上"),
    ),
    "jobs-bad": Message(
        Wording("--jobs is {jobs}; give 1 to {most}"),
        Wording("--jobs 是 {jobs}：請給 1 到 {most}"),
    ),
    "date-bad": Message(
        Wording("--date is {date!r}; give a day such as 2026-05-04"),
        Wording("--date 是 {date!r}：請給像 2026-05-04 的日期"),
    ),
    "list-loops": Message(
        Wording("the list {path} leads to itself: take that line out of it"),
        Wording("清單 {path} 又列出自己：請刪掉那一行"),
    ),
    "list-unreadable": Message(
        Wording("the list {path} cannot be read ({reason}): check its name"),
        Wording("清單 {path} 讀不了（{reason}）：請檢查檔名"),
    ),
    "source-gone": Message(
        Wording("{source} has gone while it was read ({reason}); give it again"),
        Wording("{source} 讀到一半不見了（{reason}）：請再給一次"),
    ),
    "same-story": Message(
        Wording(
            "has the same address or name as {owner} but other words; give "
            "folders, whose files are told apart by their paths",
        ),
        Wording("和 {owner} 同一個網址或檔名，內容卻不同：請改給資料夾，裡面的檔案用路徑分辨"),
    ),
    "cover-no-font": Message(
        Wording(
            "no font with Chinese characters is on this machine: the cover shows "
            "no title; install one (Debian: fonts-noto-cjk), or give --cover-font "
            "or --cover",
        ),
        Wording(
            "這台電腦沒有中文字型，封面沒有標題：請裝一個（Debian：fonts-noto-cjk）"
            "，或給 --cover-font 或 --cover",
        ),
    ),
    "feed-text-instead": Message(
        Wording("{cause}; the text in the feed {feed} is read instead"),
        Wording("{cause}；改唸 feed {feed} 裡的文字"),
    ),
}

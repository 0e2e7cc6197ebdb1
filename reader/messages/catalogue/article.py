"""Pages and what is found in them."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "text-empty": Message(
        Wording(
            "{name} is empty: give the text of an article",
            page="There is no text yet: paste the article",
        ),
        Wording("{name}是空的：請給文章的文字", page="還沒有內容：請貼上文章"),
    ),
    "too-many-lines": Message(
        Wording(
            "{name} has more than {limit} lines, as no article has: give one "
            "story, or use --mode text",
            http="{name} has more than {limit} lines, as no article has: send one story",
            page="That is more than one article: paste one story",
        ),
        Wording(
            "{name}超過 {limit} 行，不像一篇文章：請只給一篇，或加 --mode text",
            http="{name}超過 {limit} 行，不像一篇文章：請只送一篇",
            page="這裡不只一篇文章：請只貼一篇",
        ),
    ),
    "line-too-long": Message(
        Wording(
            "{name} has a line of more than {limit} characters: give one story, line by line",
            page="One line has more than {limit} characters: paste one story, a paragraph a line",
        ),
        Wording(
            "{name}有一行超過 {limit} 字：請只給一篇，一段一行",
            page="有一行超過 {limit} 字：請只貼一篇，一段一行",
        ),
    ),
    "text-missing": Message(
        Wording(
            "{name} holds no text: give the text of an article",
            page="There is no text in it: paste the article",
        ),
        Wording("{name}裡沒有文字：請給文章的文字", page="裡面沒有文字：請貼上文章"),
    ),
    "fetch-limits-bad": Message(
        Wording("{limits} cannot work: time and size must be above 0, redirects 0 or more"),
        Wording("{limits} 行不通：時間與大小要大於 0，轉址次數要 0 以上"),
    ),
    "address-refused": Message(
        Wording(
            "{url} leads to {host} ({address}), which is not on the public "
            "internet: give a public address",
            page="This address is open only inside a private network: paste the article's text",
        ),
        Wording(
            "{url} 通往 {host}（{address}），不在公開的網際網路上：請給公開的網址",
            page="這個網址只有在內部網路打得開：請改貼文章內容",
        ),
    ),
    "fetch-too-slow": Message(
        Wording(
            "{url} took longer than {limit_s:g} s: try again later",
            page="The site is too slow: try again later, or paste the article's text",
        ),
        Wording(
            "{url} 超過 {limit_s:g} 秒還沒收完：請稍後再試",
            page="這個網站太慢：請稍後再試，或改貼文章內容",
        ),
    ),
    "fetch-unreachable": Message(
        Wording(
            "{url} cannot be reached ({reason}): check the address and the network",
            page="The site cannot be reached: check the address, or select the whole "
            "page, copy it and paste it here",
        ),
        Wording(
            "連不上 {url}（{reason}）：請檢查網址和網路",
            page="這個網站打不開：請檢查網址，或把整頁全選複製，貼到這裡",
        ),
    ),
    "too-many-redirects": Message(
        Wording(
            "{url} redirects more than {limit} times: give the final address",
            page="The address leads on without end: open it in a browser and paste the text",
        ),
        Wording(
            "{url} 轉址超過 {limit} 次：請給最後的網址",
            page="這個網址一直轉址：請用瀏覽器打開，再貼文章內容",
        ),
    ),
    "address-invalid": Message(
        Wording(
            "{url} is no address that can be fetched ({reason}): check it",
            page="This is no address of a page: check it",
        ),
        Wording("{url} 不是能抓取的網址（{reason}）：請檢查", page="這不是網頁的網址：請檢查"),
    ),
    "scheme-unknown": Message(
        Wording(
            "{url} has a scheme that is not fetched: use http or https",
            page="Only addresses with http:// or https:// can be opened: check it",
        ),
        Wording(
            "{url} 不是 http 或 https 網址：請改用 http 或 https",
            page="只能打開 http:// 或 https:// 的網址：請檢查",
        ),
    ),
    "host-missing": Message(
        Wording(
            "{url} names no host: give a whole address",
            page="The address is not complete: copy it whole",
        ),
        Wording("{url} 沒有主機名稱：請給完整的網址", page="網址不完整：請整個複製"),
    ),
    "address-holds-password": Message(
        Wording(
            "the address of {host} holds a user name or password: give it without",
            page="The address holds a user name or password: leave them out",
        ),
        Wording("{host} 的網址裡有帳號或密碼：請拿掉再給", page="網址裡有帳號或密碼：請拿掉"),
    ),
    "compression-unknown": Message(
        Wording(
            "{url} answers in the compression {encoding!r}, which was not asked for: save the page",
            page="The site sends what cannot be read: select the whole page, copy it "
            "and paste it here",
        ),
        Wording(
            "{url} 用了沒要求的壓縮方式 {encoding}：請另存網頁再給",
            page="這個網站送來的內容讀不了：請把整頁全選複製，貼到這裡",
        ),
    ),
    "page-too-large": Message(
        Wording(
            "{name} is larger than {limit_mb:g} MB: give one article's page",
            page="The page is larger than {limit_mb:g} MB: paste the article's text",
        ),
        Wording(
            "{name} 超過 {limit_mb:g} MB：請給單篇文章的網頁",
            page="這一頁超過 {limit_mb:g} MB：請改貼文章內容",
        ),
    ),
    "compression-broken": Message(
        Wording(
            "{url} sends broken compressed data ({reason}): try again, or save the page",
            page="The site sends damaged data: try again, or select the whole page, "
            "copy it and paste it here",
        ),
        Wording(
            "{url} 送來的壓縮資料壞了（{reason}）：請再試，或另存網頁",
            page="這個網站送來的資料壞了：請再試，或把整頁全選複製，貼到這裡",
        ),
    ),
    "robots-closed": Message(
        Wording(
            "{url} is closed to programs by its robots.txt: open it in a browser "
            "and paste the text",
            page="The site lets no programs read it: open it in a browser and paste the text",
        ),
        Wording(
            "{url} 的 robots.txt 不讓程式讀：請用瀏覽器打開，再貼文字",
            page="這個網站不讓程式讀：請用瀏覽器打開，再貼文字",
        ),
    ),
    "login-needed": Message(
        Wording(
            "{name} asks to sign in: open it in a browser and paste the text",
            page="The page asks to sign in: open it in a browser and paste the text",
        ),
        Wording(
            "{name} 要先登入：請用瀏覽器打開，再貼文字",
            page="這一頁要先登入：請用瀏覽器打開，再貼文字",
        ),
    ),
    "not-a-page": Message(
        Wording(
            "{url} is {media_type}, not a page of text: give the article's page",
            page="The address leads to no page of text: give the article's page",
        ),
        Wording(
            "{url} 是 {media_type}，不是文字網頁：請給文章的網頁",
            page="這個網址不是文字網頁：請給文章的網頁",
        ),
    ),
    "page-empty": Message(
        Wording(
            "{name} is empty: give the page of an article",
            page="The page is empty: paste the article's page",
        ),
        Wording("{name}是空的：請給文章的網頁", page="這一頁是空的：請貼上文章的網頁"),
    ),
    "too-many-tags": Message(
        Wording(
            "{name} holds more tags or attributes than any article: paste the text of the article",
            page="The page has more markup than any article: paste the text of the article",
        ),
        Wording(
            "{name}的標籤或屬性太多，不像文章：請貼文章的文字",
            page="這一頁的標籤太多，不像文章：請貼文章的文字",
        ),
    ),
    "html-unreadable": Message(
        Wording(
            "{name} is no HTML that can be read ({reason}): save the page again, or paste its text",
            page="The page cannot be read: copy it again, or paste its text",
        ),
        Wording(
            "{name}不是讀得懂的 HTML（{reason}）：請重新另存網頁，或貼文字",
            page="這一頁讀不懂：請重新複製，或貼文字",
        ),
    ),
    "mode-unknown": Message(
        Wording("mode {mode!r} is unknown: use auto, article or text"),
        Wording("沒有 {mode!r} 這種讀法：請用 auto、article 或 text"),
    ),
    "dateline-unknown": Message(
        Wording("dateline {dateline!r} is unknown: use paragraph, byline or drop"),
        Wording("電頭沒有 {dateline!r} 這種讀法：請用 paragraph、byline 或 drop"),
    ),
    "not-text": Message(
        Wording(
            "{name} is not text: give HTML, plain text or Markdown",
            page="This is no text: paste the article or its page",
        ),
        Wording(
            "{name}不是文字：請給 HTML、純文字或 Markdown",
            page="這不是文字：請貼上文章或網頁",
        ),
    ),
    "video-only": Message(
        Wording(
            "{name} is a video without text: there is nothing to read",
            page="This is a video without text: give an article",
        ),
        Wording(
            "{name} 是沒有文字的影片：沒有東西可以唸，請給文章",
            page="這是沒有文字的影片：請給文章",
        ),
    ),
    "no-article": Message(
        Wording(
            "no article found in {name}: give one story's page, or its text with --mode text",
            http="no article found in {name}: send one story's page, or its text",
            page="No article found: give one story's page, or paste its text",
        ),
        Wording(
            "{name} 裡找不到文章：請給單篇文章的網頁，或文字加 --mode text",
            http="{name} 裡找不到文章：請送單篇文章的網頁或文字",
            page="裡面找不到文章：請給單篇文章的網頁，或貼上文字",
        ),
    ),
    "paywalled": Message(
        Wording(
            "{name} shows only its opening, the rest is for subscribers: sign in "
            "and paste the text",
            page="Only the opening is public: sign in there and paste the text",
        ),
        Wording(
            "{name} 只公開開頭，其餘要訂閱：請登入後貼上文字",
            page="只公開開頭，其餘要訂閱：請登入後貼上文字",
        ),
    ),
    "index-page": Message(
        Wording(
            "{name} lists many stories and tells none: give the address of one",
            page="This page lists many stories: give the address of one",
        ),
        Wording(
            "{name} 列出許多新聞，不是一篇：請給其中一篇的網址",
            page="這一頁列出許多新聞：請給其中一篇的網址",
        ),
    ),
    "source-missing": Message(
        Wording(
            "{source} does not exist: give a file, an http(s) address, or - for standard input",
        ),
        Wording("找不到檔案 {source}：請檢查路徑，或給網址，或用 - 讀標準輸入"),
    ),
    "source-is-folder": Message(
        Wording("{source} is a folder: give one file"),
        Wording("{source} 是資料夾：請給一個檔案"),
    ),
    "source-unreadable": Message(
        Wording("{source} cannot be read ({reason}): check its name and permissions"),
        Wording("{source} 讀不了（{reason}）：請檢查檔名和權限"),
    ),
    "fetch-status": Message(
        Wording(
            "{url} answers with status {status}: open it in a browser and paste the text",
            page="The site does not give the page: open it in a browser and paste the text",
        ),
        Wording(
            "{url} 回應 {status}：請用瀏覽器打開，再貼文字",
            page="這個網站不給這一頁：請用瀏覽器打開，再貼文字",
        ),
    ),
    "fetch-gone": Message(
        Wording(
            "{url} answers with status {status}: check the address",
            page="The site has no such page: check the address",
        ),
        Wording("{url} 回應 {status}：請檢查網址", page="這個網站沒有這一頁：請檢查網址"),
    ),
}

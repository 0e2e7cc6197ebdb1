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
            "{name} has more than {limit} lines, as no article has: give one story",
            page="That is more than one article: paste one story",
        ),
        Wording(
            "{name}超過 {limit} 行，不像一篇文章：請只給一篇",
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
            "{source} does not exist: give a file, an address, or - for standard input",
        ),
        Wording("找不到檔案 {source}：請檢查路徑，或給網址，或用 - 讀標準輸入"),
    ),
    "url-without-scheme": Message(
        Wording("{source} is no file: an address begins with https://"),
        Wording("沒有檔案 {source}：是網址的話，請在前面加 https://"),
    ),
    "source-is-folder": Message(
        Wording("{source} is a folder: give one file"),
        Wording("{source} 是資料夾：請給一個檔案"),
    ),
    "source-unreadable": Message(
        Wording("{source} cannot be read ({reason}): check its name and permissions"),
        Wording("{source} 讀不了（{reason}）：請檢查檔名和權限"),
    ),
    "site-notice": Message(
        Wording(
            "{name} shows a notice of the site in place of an article: open it in "
            "a browser, and paste the text",
            page="The site shows a notice in place of the article: open it in a browser "
            "and paste the text",
        ),
        Wording(
            "{name} 只有網站的告示，沒有文章：請用瀏覽器打開，再貼文字",
            page="這一頁是網站的告示，不是文章：請用瀏覽器打開，再貼文字",
        ),
    ),
    "empty-shell": Message(
        Wording(
            "{name} is an empty shell that a script fills in the browser: open it "
            "there, and paste the text",
            page="The page is filled only in a browser: open it there and paste the text",
        ),
        Wording(
            "{name} 是空殼，要瀏覽器執行程式才有內容：請用瀏覽器打開，再貼文字",
            page="這一頁要用瀏覽器打開才有內容：請打開後貼上文字",
        ),
    ),
}

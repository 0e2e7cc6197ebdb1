"""Pages that are fetched: addresses, proxies, and what sites answer."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "fetch-limits-bad": Message(
        Wording("{limits} cannot work: time and size must be above 0, redirects 0 or more"),
        Wording("{limits} 行不通：時間與大小要大於 0，轉址次數要 0 以上"),
    ),
    "address-refused": Message(
        Wording(
            "{url} leads to {host}, which is not on the public internet: give a public address",
            page="This address is open only inside a private network: paste the article's text",
        ),
        Wording(
            "{url} 通往 {host}，不是公開的位址：請換網址",
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
    "server-in-trouble": Message(
        Wording(
            "{url} answers with status {status}: try again later",
            page="The site has a problem: try again later, or paste the article's text",
        ),
        Wording(
            "{url} 回應 {status}：請稍後再試",
            page="這個網站出了問題：請稍後再試，或改貼文章內容",
        ),
    ),
    "robots-unreadable": Message(
        Wording(
            "{address} answers with status {status}, and without its robots.txt a "
            "site may not be read: try again later",
            page="The site has a problem: try again later, or paste the article's text",
        ),
        Wording(
            "{address} 回應 {status}，讀不到 robots.txt 就不能讀這個網站：請稍後再試",
            page="這個網站出了問題：請稍後再試，或改貼文章內容",
        ),
    ),
    "proxy-failed": Message(
        Wording(
            "{url} cannot be fetched through the proxy that is set ({reason}): "
            "check HTTPS_PROXY and NO_PROXY",
            page="The site cannot be reached: paste the article's text",
        ),
        Wording(
            "設定的代理伺服器抓不到 {url}（{reason}）：請檢查 HTTPS_PROXY 和 NO_PROXY",
            page="這個網站打不開：請改貼文章內容",
        ),
    ),
    "proxy-bad": Message(
        Wording(
            "the proxy that is set is no address: see HTTPS_PROXY",
            page="Pages cannot be fetched now: paste the article's text",
        ),
        Wording(
            "設定的代理伺服器不是網址：請檢查 HTTPS_PROXY",
            page="現在抓不到網頁：請改貼文章內容",
        ),
    ),
    "proxy-kind": Message(
        Wording(
            "a proxy of the kind {scheme}:// is set, which pages cannot be fetched "
            "through: set HTTPS_PROXY to an http:// one",
            page="Pages cannot be fetched now: paste the article's text",
        ),
        Wording(
            "設定的代理伺服器是 {scheme}://，不能用來抓網頁：請把 HTTPS_PROXY 設成 http:// 的",
            page="現在抓不到網頁：請改貼文章內容",
        ),
    ),
    "host-not-allowable": Message(
        Wording(
            "{text!r} is no host to allow; give a name such as cms.corp, .corp for "
            "all names below it, or a network such as 10.0.0.0/8",
        ),
        Wording(
            "{text!r} 不能放行：要像 cms.corp、.corp（底下全部）或 10.0.0.0/8",
        ),
    ),
    "answer-unfollowable": Message(
        Wording(
            "{url} answers in a way that cannot be followed: check the address",
            page="The site answers what cannot be read: check the address",
        ),
        Wording("{url} 的回應無法理解：請檢查網址", page="這個網站的回應無法理解：請檢查網址"),
    ),
    "redirect-bad": Message(
        Wording(
            "{url} redirects to what is no address: open it in a browser",
            page="The address leads nowhere: open it in a browser and paste the text",
        ),
        Wording(
            "{url} 轉到不是網址的地方：請用瀏覽器打開",
            page="這個網址轉到別處就斷了：請用瀏覽器打開，再貼文字",
        ),
    ),
}

"""The HTTP service: its settings, and what it refuses."""

from __future__ import annotations

from typing import Final

from reader.messages.message import Message, Rows, Wording

ROWS: Final[Rows] = {
    "rate-store-bad": Message(
        Wording(
            "TINGWEN_RATE_STORE must be a redis:// URL, and `pip install redis` "
            "must have been run ({reason})",
        ),
        Wording(
            "TINGWEN_RATE_STORE 要是 redis:// 網址，並且要先 `pip install redis`（{reason}）",
        ),
    ),
    "podcast-folder-bad": Message(
        Wording("--podcast {folder} holds no podcast; make one with `tingwen podcast`"),
        Wording("--podcast {folder} 裡沒有 Podcast：請先用 `tingwen podcast` 做一個"),
    ),
    "podcast-page-unknown": Message(
        Wording(
            "the podcast has {n_pages} pages of episodes; see /podcast/",
            page="There are {n_pages} pages: go back to the first",
        ),
        Wording(
            "節目只有 {n_pages} 頁：請看 /podcast/",
            page="節目只有 {n_pages} 頁：請回第一頁",
        ),
    ),
    "episode-unknown": Message(
        Wording("no episode has the id {guid}; see /podcast/"),
        Wording("沒有識別碼 {guid} 的節目：請看 /podcast/"),
    ),
    "podcast-no-cover": Message(
        Wording("the podcast has no cover; make it again with `tingwen podcast`"),
        Wording("Podcast 沒有封面：請用 `tingwen podcast` 重做"),
    ),
    "podcast-no-file": Message(
        Wording("the podcast has no file {path}; see /podcast/"),
        Wording("Podcast 沒有檔案 {path}：請看 /podcast/"),
    ),
    "secrets-folder-bad": Message(
        Wording("{variable} is {folder!r}; it must be a folder"),
        Wording("{variable} 是 {folder!r}：要是資料夾"),
    ),
    "spool-failed": Message(
        Wording(
            "cannot keep the audio while it is spoken ({reason}); make room on the disk",
            page="The service has a problem with its disk: try again later",
        ),
        Wording(
            "邊唸邊存時寫不進磁碟（{reason}）：請清出空間",
            page="伺服器的磁碟有問題：請稍後再試",
        ),
    ),
    "lexicon-no-file": Message(
        Wording(
            "the service has no lexicon file: start it with TINGWEN_LEXICON=lexicon.toml",
            page="This service keeps no lexicon: ask who runs it",
        ),
        Wording(
            "服務沒有詞典檔：請用 TINGWEN_LEXICON=lexicon.toml 啟動",
            page="這個網站沒有共用詞典：請告訴管理者",
        ),
    ),
    "lexicon-changed": Message(
        Wording("the lexicon was changed meanwhile; get it again and change that"),
        Wording("詞典已被別人改過：請重新讀取再改"),
    ),
    "lexicon-version-needed": Message(
        Wording("send `If-Match` with the ETag of the lexicon that was changed"),
        Wording("請送 `If-Match`，內容是改之前那一版的 ETag"),
    ),
    "lexicon-needs-key": Message(
        Wording(
            "without keys the lexicon is open on this machine alone: set TINGWEN_API_KEYS, and "
            "send a key with the scope lexicon",
            page="The lexicon can be changed only with a key: ask who runs the service",
        ),
        Wording(
            "沒有設定金鑰時，只有在本機才能看和改詞典：請設定 TINGWEN_API_KEYS，"
            "並送有 lexicon 權限的金鑰",
            page="要有金鑰才能改詞典：請告訴管理者",
        ),
    ),
    "lexicon-unwritable": Message(
        Wording(
            "the lexicon cannot be written ({reason}); make room, or let the service write there",
            page="The lexicon cannot be kept now: try again later",
        ),
        Wording(
            "詞典寫不進去（{reason}）：請清出空間，或讓服務可以寫入",
            page="詞典現在存不了：請稍後再試",
        ),
    ),
    "url-not-http": Message(
        Wording(
            "the url must begin with http:// or https://",
            page="The address must begin with http:// or https://: check it",
        ),
        Wording(
            "url 要以 http:// 或 https:// 開頭",
            page="網址要以 http:// 或 https:// 開頭：請檢查",
        ),
    ),
    "webhook-secret-bad": Message(
        Wording(
            "TINGWEN_WEBHOOK_SECRET begins with {prefix} but goes on with no "
            "base64 ({reason}); copy it whole, or choose another",
        ),
        Wording(
            "TINGWEN_WEBHOOK_SECRET 以 {prefix} 開頭，後面卻不是 base64（{reason}）"
            "：請整個複製，或換一個",
        ),
    ),
    "webhook-url-bad": Message(
        Wording("TINGWEN_WEBHOOKS has {url!r}; give http(s) URLs, apart by spaces"),
        Wording("TINGWEN_WEBHOOKS 裡有 {url!r}：請給 http(s) 網址，用空格分開"),
    ),
    "article-unknown": Message(
        Wording(
            "no article has the id {id}; POST it to /v1/articles",
            page="There is no such article: paste it again",
        ),
        Wording(
            "沒有識別碼 {id} 的文章：請 POST 到 /v1/articles",
            page="找不到這篇文章：請重新貼上",
        ),
    ),
    "shutting-down": Message(
        Wording(
            "the service is shutting down; ask again in a moment",
            page="The service is restarting: try again in a moment",
        ),
        Wording("服務正在關閉：請稍等再試", page="服務正在重新啟動：請稍等再試"),
    ),
    "too-many-requests": Message(
        Wording("too many requests; ask again in {wait_s} seconds"),
        Wording("請求太多：請在 {wait_s} 秒後再試"),
    ),
    "body-too-large": Message(
        Wording(
            "the body is larger than {most_bytes} bytes; send less",
            page="That is too much: paste one article",
        ),
        Wording("內容超過 {most_bytes} 位元組：請送小一點", page="內容太大：請只貼一篇文章"),
    ),
    "body-too-slow": Message(
        Wording("no whole body in {limit_s:g} seconds; send it again"),
        Wording("{limit_s:g} 秒內沒收完內容：請再送一次"),
    ),
    "not-ready": Message(
        Wording(
            "the narration is not ready yet; try again when its status is",
            page="The audio is not ready yet: try again in a moment",
        ),
        Wording("語音還沒做好：請等狀態變成 ready 再試", page="語音還沒做好：請稍等再試"),
    ),
    "narration-gone": Message(
        Wording(
            "the narration is gone; POST the article again",
            page="The audio is gone: paste the article again",
        ),
        Wording("語音已經不在：請把文章再 POST 一次", page="語音已經不在：請重新貼上文章"),
    ),
    "oembed-format": Message(
        Wording("only format=json is answered; ask for that"),
        Wording("只回答 format=json：請改用它"),
    ),
    "oembed-url": Message(
        Wording(
            "url is not the address of an article's page on this service; give one of /listen/",
        ),
        Wording("url 不是這個服務的文章頁面：請給 /listen/ 的網址"),
    ),
    "no-voice-opens": Message(
        Wording("no voice can be opened: {cause}"),
        Wording("沒有聲音可用：{cause}"),
    ),
    "disk-full": Message(
        Wording(
            "the disk for {what} has {free_mib} MiB left, less than "
            "TINGWEN_MIN_FREE_BYTES; make room",
        ),
        Wording("{what} 的磁碟只剩 {free_mib} MiB，低於 TINGWEN_MIN_FREE_BYTES：請清出空間"),
    ),
    "audio-damaged": Message(
        Wording(
            "the audio is damaged or gone; POST the article again",
            page="The audio is damaged or gone: paste the article again",
        ),
        Wording("音訊壞了或不在：請把文章再 POST 一次", page="音訊壞了或不在：請重新貼上文章"),
    ),
    "too-many-yours": Message(
        Wording("{most} of your narrations are in the making; wait until one is ready"),
        Wording("你有 {most} 篇正在製作：請等一篇做好"),
    ),
    "too-many-in-all": Message(
        Wording("{most} narrations are in the making; ask again later"),
        Wording("正在製作的有 {most} 篇：請稍後再試"),
    ),
    "other": Message(
        Wording("{reason}", page="Something went wrong: try again later"),
        Wording("{reason}", page="發生錯誤：請稍後再試"),
    ),
    "range-outside": Message(
        Wording("the range lies outside; the file has {n_bytes} bytes"),
        Wording("範圍超出檔案：檔案有 {n_bytes} 位元組"),
    ),
    "scope-missing": Message(
        Wording("the API key {key} has not the scope {scope}; ask for it"),
        Wording("金鑰 {key} 沒有 {scope} 權限：請向管理者要"),
    ),
    "key-needed": Message(
        Wording(
            "an API key with the scope {scope} is needed: Authorization: Bearer KEY",
            page="An API key is needed here: ask who runs this service",
        ),
        Wording(
            "需要有 {scope} 權限的 API 金鑰：請送 Authorization: Bearer 金鑰",
            page="這裡需要 API 金鑰：請問服務的管理者",
        ),
    ),
    "key-unknown": Message(
        Wording("the API key is not known; it may have been rotated"),
        Wording("沒有這把 API 金鑰：可能已經換過，請要新的"),
    ),
    "settings-bad": Message(
        Wording("{complaints}"),
        Wording("{complaints}"),
    ),
    "http-other": Message(
        Wording("{reason}", page="The request cannot be answered: try again later"),
        Wording("{reason}", page="無法回應這個請求：請稍後再試"),
    ),
    "setting-bad": Message(
        Wording("{cause} (it is {value})"),
        Wording("{cause}（現在是 {value}）"),
    ),
    "setting-not-url": Message(
        Wording("{field}: must be an http(s) URL"),
        Wording("{field} 要是 http(s) 網址"),
    ),
    "setting-not-origin": Message(
        Wording("{field}: {value!r} must be an origin such as https://news.example, or *"),
        Wording("{field} 的 {value!r} 要像 https://news.example，或 *"),
    ),
    "keys-same-name": Message(
        Wording(
            "{field}: two keys have the same name; name the new one of a rotation otherwise",
        ),
        Wording("{field} 有兩把金鑰同名：輪替時請給新的另一個名字"),
    ),
    "webhooks-need-secret": Message(
        Wording("TINGWEN_WEBHOOKS needs TINGWEN_WEBHOOK_SECRET, to sign with; set it"),
        Wording("TINGWEN_WEBHOOKS 需要簽章用的 TINGWEN_WEBHOOK_SECRET：請設定"),
    ),
    "private-needs-keys": Message(
        Wording("TINGWEN_PRIVATE needs TINGWEN_API_KEYS; see `tingwen keys new`"),
        Wording("TINGWEN_PRIVATE 需要 TINGWEN_API_KEYS：請用 `tingwen keys new`"),
    ),
    "key-malformed": Message(
        Wording("{field}: a key is name:scopes:sha256 with scopes such as speak+read"),
        Wording("{field} 的金鑰要像 名稱:權限:sha256，權限例如 speak+read"),
    ),
    "key-without-hash": Message(
        Wording("{field}: the key {name} must end with its SHA-256, 64 digits of 0-9 and a-f"),
        Wording("{field} 的金鑰 {name} 要以 SHA-256 結尾：64 個 0-9、a-f"),
    ),
    "rate-malformed": Message(
        Wording("{field}: must be limits such as 600/hour, several apart by semicolons"),
        Wording("{field} 要像 600/hour，好幾個用分號分開"),
    ),
    "network-malformed": Message(
        Wording("{field}: {value!r} is no address or network such as 10.0.0.0/8"),
        Wording("{field} 的 {value!r} 不是位址，也不是 10.0.0.0/8 這樣的網段"),
    ),
    "port-bad": Message(
        Wording("{port} is no port; give 0 to 65535"),
        Wording("{port} 不是連接埠：請給 0 到 65535"),
    ),
    "port-taken": Message(
        Wording(
            "port {port} of {host} is taken: end the program that listens there, "
            "or choose another port with --port (0 for one that is free)",
        ),
        Wording(
            "{host} 的連接埠 {port} 已有程式在用：請關掉它，或用 --port 換一個（0 會找空的）",
        ),
    ),
    "port-not-allowed": Message(
        Wording(
            "port {port} of {host} may not be used by you: choose one above 1023 with --port",
        ),
        Wording("你不能用 {host} 的連接埠 {port}：請用 --port 選 1023 以上的"),
    ),
    "port-unusable": Message(
        Wording("port {port} of {host} cannot be listened on ({reason}): check --host"),
        Wording("{host} 的連接埠 {port} 用不了（{reason}）：請檢查 --host"),
    ),
}

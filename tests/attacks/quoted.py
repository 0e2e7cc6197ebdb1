"""Every input that an attack on this project quoted, a row each: the finding, what was sent, and
what must come of it. `test_quoted.py` sends them; `KINDS.md` counts those that were made by number.

Findings 6, 10, 12, 13 and 18 are behaviour over time or of files: `ELSEWHERE` names their tests.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple


class Said(NamedTuple):
    """A line of text, and words that must be in what is said."""

    finding: str
    text: str
    says: str = ""


LONG_LINES: Final = {
    "A": "A" * 120,
    "a": "a" * 120,
    "SHA-512": "cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce"
    "47d0d13c5d85f2b0ff8318d2877eec2f63b931bd47417a81a538327af927da3e",
    "base64": "TGlrZSB0aGUgc2xvdyB0cmFpbiByYWRpbyBvZiB0aGUgZWFzdCBjb2FzdA" * 2,
    "哈": "哈" * 150,
    "ATCG": "ATCG" * 120,
    "digits": "9" * 120,
    "W": "W" * 60,
    "a place": "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
}
SAID: Final = (
    Said("1", "台電表示，屋頂太陽能裝置容量達五百瓩。", "五百"),
    Said("1", "日本演員込山榛香今天訪台。", "山榛香今天訪台"),
    Said("1", "東京駒込車站今早停電。", "車站今早停電"),
    Said("1", "電影《峠》今天上映。", "電影"),
    Said("1", "労働節今天放假。", "節今天放假"),
    Said("1", "他說𠮷野家今天優惠。", "野家今天優惠"),
    *(
        Said("1", f"單位是{character}，記者報導。", "記者報導")
        for character in "兙兛兝兞兡兣瓩瓰瓱瓸瓼粨"
    ),
    *(
        Said("1", f"這個字是{character}，記者報導。", "記者報導")
        for character in "働込峠匁鎹畓瓧朰"
    ),
    Said("20", "面積五百㎡。", "五百平方公尺"),
    Said("20", "面積500㎡。", "平方公尺"),
    Said("20", "今天\x1b[31m放晴\x1b[0m，記者報導。", "放晴"),
    *(
        Said(f"20 {name}", f"代碼是{line}，記者報導。", "記者報導")
        for name, line in LONG_LINES.items()
    ),
)


class Asked(NamedTuple):
    """A request, and which statuses may come. `hides` must stand nowhere in the answer."""

    finding: str
    method: str
    path: str
    statuses: tuple[int, ...]
    body: dict[str, Any] | bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    settings: tuple[tuple[str, Any], ...] = ()
    environment: tuple[tuple[str, str], ...] = ()
    hides: tuple[str, ...] = ()


NOBODY: Final = "0" * 32
SPEECH: Final = "/v1/audio/speech"
LIMIT_100: Final = (("max_article_chars", 100),)
EVIL: Final = "http://evil.example:8000"
OPENAI: Final = (
    ("TINGWEN_OPENAI_BASE_URL", "http://u:SECRETPW@127.0.0.1:1/v1/QTOKEN"),
    ("TINGWEN_OPENAI_ATTEMPTS", "1"),
)
KEY: Final = "a:speak+read:" + "0" * 64
NO_PATHS: Final = (
    "%00.mp3",
    "a%00.mp3",
    "episodes/%00",
    "a" * 300 + ".mp3",
    "a" * 5000 + ".mp3",
    "a/" * 3000 + "x.mp3",
)
ASKED: Final = (
    *(
        Asked("2", "GET", path, (200,), settings=keys, environment=OPENAI, hides=hidden)
        for path, hidden in (
            ("/v1/voices", ("SECRETPW", "QTOKEN", "127.0.0.1:1")),
            ("/v1/audio/voices", ("SECRETPW", "QTOKEN", "127.0.0.1:1")),
        )
        for keys in ((), (("api_keys", (KEY,)),))
    ),
    Asked("5", "POST", f"/v1/articles/{NOBODY}/retry", (401,), settings=(("api_keys", (KEY,)),)),
    Asked(
        "7",
        "POST",
        "/v1/articles",
        (421,),
        {"text": "今天放晴。"},
        (("Host", "evil.example:8000"), ("Origin", EVIL)),
    ),
    Asked(
        "7",
        "POST",
        f"/v1/articles/{NOBODY}/retry",
        (403,),
        b"{}",
        (("Content-Type", "text/plain"), ("Sec-Fetch-Site", "cross-site")),
    ),
    Asked("8", "POST", "/v1/scripts", (422,), {"url": "http://xn--0/"}),
    Asked("8", "POST", "/v1/articles", (422,), {"url": "http://xn--0/"}),
    Asked("8", "GET", "/oembed?url=http://[", (404,)),
    Asked("8", "GET", f"/oembed?url=http://[::1/listen/{'a' * 32}", (404,)),
    *(
        Asked("8", method, f"/podcast/{path}", (404,), settings=(("podcast", "show"),))
        for path in NO_PATHS
        for method in ("GET", "HEAD")
    ),
    Asked("11", "POST", "/v1/articles", (422,), {"text": "天" * 270}, settings=LIMIT_100),
    Asked("11", "POST", SPEECH, (422,), {"input": "天" * 5_400}, settings=LIMIT_100),
    Asked(
        "17",
        "POST",
        "/v1/articles",
        (413,),
        b"x" * 8_400_000,
        (("Content-Type", "application/json"),),
    ),
    *(
        Asked("B voices", "POST", SPEECH, (422,), {"input": "今天放晴。", "voice": voice})
        for voice in ("openai:ANY-MODEL/ANY-VOICE", "openai:tts-1-hd/alloy")
    ),
)


class Fetched(NamedTuple):
    """An answer of a web server: status, headers, body; whether the page is read whole."""

    finding: str
    name: str
    is_read: bool


REDIRECTS: Final = (
    "http://[",
    "http://[::1",
    "http://x/\x01\x02",
    "http://ex℀mple.com/",
    "http://[v1.x]/",
    "javascript:alert(1)",
    "http://xn--0/",
)
CHARSETS: Final = (
    "hex",
    "base64",
    "zlib",
    "bz2",
    "rot13",
    "uu",
    "quopri",
    "idna",
    "punycode",
    "undefined",
)
FETCHED: Final = (
    Fetched("4", "gz-multi", is_read=True),
    Fetched("4", "gz-truncbig", is_read=False),
    Fetched("4", "gz-trunc", is_read=False),
    *(
        Fetched("8", f"charset {way} {name}", is_read=True)
        for name in CHARSETS
        for way in ("meta", "header")
    ),
)

NOT_PUBLIC: Final = ("fec0::1", "3fff::1", "192.88.99.1")


class Typed(NamedTuple):
    """A command, its exit status, and what must be in what it says. `{PORT}` is taken."""

    finding: str
    line: str
    status: int
    says: str = ""


TYPED: Final = (
    Typed("1", "script w.txt --mode text", 0, "瓦"),
    Typed("8", "script http://xn--0/", 2, "xn--0"),
    *(Typed("8", f"script cs-{name}.html", 0, "橫跨溪谷") for name in CHARSETS[:5]),
    Typed("20", "script be.txt", 0, "橫跨溪谷"),
    Typed("20", "script le.txt", 0, "橫跨溪谷"),
    Typed("20", "script le32.txt", 0, "橫跨溪谷"),
    Typed("20", "serve --port {PORT}", 7, "--port"),
    Typed("20", "read w.txt --mode text -o missing/x.mp3", 2, "missing"),
)
SHOW: Final = "--title x --base-url https://e.example/s --voice baker"
TYPED_AND_SPOKEN: Final = (
    Typed("1", "read w.txt --mode text --voice baker -o w.mp3", 0),
    Typed("9", f"podcast poda.html https://[/ --out show6 {SHOW}", 2),
    Typed("9", f"podcast @l.list --out show7 {SHOW}", 2),
)

MASKED: Final = (
    ("TINGWEN_RATE_STORE", "redis://h:6379/0?password=QUERYPW", "QUERYPW"),
    ("TINGWEN_BROKER", "redis://h:6379/0?password=QUERYPW", "QUERYPW"),
    ("TINGWEN_OPENAI_BASE_URL", "http://sk-USERTOKEN@h.example/v1", "USERTOKEN"),
    ("TINGWEN_WEBHOOKS", "https://TOKUSER@h.example/", "TOKUSER"),
    ("TINGWEN_WEBHOOKS", "https://hooks.example/s/SHORTTOK", "SHORTTOK"),
    ("TINGWEN_WEBHOOKS", "https://h.example/?k=SHORTQ", "SHORTQ"),
    ("TINGWEN_MY_PASS", "hush7Tok", "hush7Tok"),
    ("TINGWEN_DB_PWD", "hush7Tok", "hush7Tok"),
)
WEAK_WEBHOOK_KEYS: Final = ("whsec_", "whsec_YQ==", "x", "x" * 23)

ELSEWHERE: Final = (
    (
        "3: robots.txt of forty bytes",
        "tests/article/test_fetch.py",
        "test_robots_txt_with_many_stars_holds_nobody_up",
    ),
    (
        "3: lower bounds",
        "tests/attacks/test_quoted.py",
        "test_lower_bounds_shut_out_what_was_found",
    ),
    (
        "5: a failed article is looked at",
        "tests/api/test_looking.py",
        "test_a_failed_article_is_not_tried_again_by_looking",
    ),
    (
        "5: narrations and clips removed, order left",
        "tests/attacks/test_quoted.py",
        "test_an_order_without_its_narration_is_not_made_by_looking",
    ),
    (
        "6: forty slow pages",
        "tests/api/test_script_builder.py",
        "test_slow_pages_hold_up_nobody_else",
    ),
    (
        "7: feed and article with an Origin",
        "tests/api/test_origins.py",
        "test_no_public_site_reads_what_is_at_home",
    ),
    ("8: seven redirects", "tests/article/test_fetch.py", "test_a_redirect_to_what_is_no_address"),
    (
        "9: a feed with a bad link",
        "tests/podcast/test_fetched.py",
        "test_a_bad_link_in_a_feed_loses_only_itself",
    ),
    (
        "10: retry by a key that only speaks",
        "tests/api/test_permissions.py",
        "test_a_key_that_may_not_read_is_shown_nothing_of_a_private_service",
    ),
    (
        "12: sixty articles of one client",
        "tests/api/test_fairness.py",
        "test_the_second_client_comes_second",
    ),
    ("13: deploy/", "tests/cluster/test_deploy_hardening.py", ""),
    (
        "15: a broken cache told to clients",
        "tests/api/test_offered.py",
        "test_a_store_that_fails_tells_no_path",
    ),
    (
        "18: modes of the cache's folders",
        "tests/cache/test_folders.py",
        "test_a_folder_that_we_make_is_its_owners_alone",
    ),
    ("B: leases after the cache folder was removed", "tests/cache/test_removed_lock_file.py", ""),
    ("B: 9.9 MB of text", "tests/attacks/test_much_text.py", ""),
)
"""What is quoted, and the file and the name of its test; "" is all of the file."""

"""Hostile pages end in an article or a clear error, within the limits that the kernel holds."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.article import ArticleOptions, Page, extract
from reader.errors import BadInput
from tests.article.hostile_pages import PAGES

STILL_READ = {
    "billion laughs",
    "control characters",
    "invalid UTF-8",
    "deep JSON-LD",
    "unclosed scripts",
    "unclosed comments",
}


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are set as on Linux")
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_refused_or_read_within_limits(name: str) -> None:
    script = Path(__file__).with_name("hostile_pages.py")
    done = subprocess.run(
        [sys.executable, str(script), name], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-600:]
    assert done.stdout.count("\n") == 1
    kind = done.stdout.split(":")[0]
    assert kind in ("Article", "NoArticle", "SourceUnreadable", "LoginPage", "IndexPage"), (
        done.stdout
    )
    if name in STILL_READ:
        assert done.stdout.startswith("Article: 路燈更新"), done.stdout


FRAGMENTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<br>",
        "<a href='x'>",
        "</a>",
        "<h1>",
        "</h1>",
        "<figure>",
        "<b",
        ">",
        "\x00",
        "&#0;",
        "&x;",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "市府昨天宣布，",
        "明年起全面更新路燈。",
        "延伸閱讀",
        "（圖／翻攝）",
        "「",
        "\n",
        "[",
        "](",
        "#",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(FRAGMENTS, max_size=60).map("".join),
    st.sampled_from(["html", "text", "markdown"]),
    st.sampled_from(["auto", "article", "text"]),
)
def test_only_our_own_errors_come_out(source: str, kind: str, mode: str) -> None:
    try:
        article = extract(Page(source.encode(), kind), ArticleOptions(mode=mode))  # type: ignore[arg-type]
    except BadInput as error:
        assert "\n" not in str(error)
    else:
        assert article.paragraphs
        assert all(paragraph.text for paragraph in article.paragraphs)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind(content: bytes) -> None:
    for kind in ("html", "text", "markdown"):
        try:
            extract(Page(content, kind))  # type: ignore[arg-type]
        except BadInput as error:
            assert "\n" not in str(error)

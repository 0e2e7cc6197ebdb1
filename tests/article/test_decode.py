"""Bytes to text: declared charsets that are none, UTF-16 without its mark, what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import extract
from reader.article.decode import decode
from reader.article.page import page_of
from reader.errors import SourceUnreadable

TEXT = "橫跨溪谷的百年老橋歷經兩年修復，昨天重新開放通行，居民沿著橋面掛上三百盞燈籠慶祝。" * 3
PAGE = f"<html><head><title>老橋修復完工</title></head><body><p>{TEXT}</p></body></html>"
WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
NO_CHARSETS = (
    "hex", "base64", "zlib", "bz2", "rot13", "uu", "quopri", "idna", "punycode", "undefined",
    "unicode_escape", "raw_unicode_escape", "utf-7", "no-such-charset", "", "\x00",
)  # fmt: skip


@pytest.mark.parametrize("codec", WIDE)
@pytest.mark.parametrize("text", [PAGE, TEXT, f"標題\n{TEXT}"])
def test_wide_text_without_its_mark(codec: str, text: str) -> None:
    assert decode(text.encode(codec)) == text


@pytest.mark.parametrize("codec", WIDE)
def test_a_wide_page_is_told_to_be_html_and_read(codec: str) -> None:
    page = page_of(PAGE.encode(codec), "a")
    assert page.kind == "html"
    assert extract(page).title == "老橋修復完工"


@pytest.mark.parametrize("codec", ["cp950", "gb18030", "utf-8", "utf-16"])
@pytest.mark.parametrize("declared", NO_CHARSETS)
def test_a_charset_that_is_none_counts_as_not_declared(codec: str, declared: str) -> None:
    assert decode(PAGE.encode(codec), declared) == PAGE
    inside = f"<meta charset={declared}>{PAGE}"
    assert decode(inside.encode(codec)) == inside


@given(st.binary(max_size=300), st.sampled_from([*NO_CHARSETS, "big5", "utf-8", "cp037"]))
def test_any_bytes_under_any_name_are_some_text(content: bytes, declared: str) -> None:
    assert isinstance(decode(content, declared), str)
    assert isinstance(decode(f"<meta charset={declared}>".encode() + content), str)


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"RIFF\x10\x00", b"abc" + bytes(300), bytes(range(32)) * 40],
)
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(SourceUnreadable, match="not text"):
        page_of(content, "a.bin")


def test_a_stray_zero_does_not_make_a_page_binary_or_wide() -> None:
    text = PAGE.replace("老橋", "老\x00橋", 1)
    assert decode(page_of(text.encode(), "a").content) == text

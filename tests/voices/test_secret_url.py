"""Addresses with secrets: none is shown, whatever stands where."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import BadOptions, VoiceUnavailable
from reader.script import Line
from reader.voices import Prosody
from reader.voices.edge import EdgeSettings
from reader.voices.openai import OpenAISettings, OpenAIVoice
from reader.voices.remote import SecretUrl
from reader.voices.remote.secret_url import mask_urls


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("http://u:SECRET@127.0.0.1:1/v1", "http://********@127.0.0.1:1/v1"),
        ("http://SECRET@host/v1", "http://********@host/v1"),
        ("redis://:SECRET@host/0", "redis://:********@host/0"),
        ("http://host/v1?token=SECRET", "http://host/v1?token=********"),
        ("http://host/v1?a=SECRET&b=SECRET", "http://host/v1?a=********&b=********"),
        ("http://host/v1#SECRET", "http://host/v1#********"),
        ("http://host/services/T00/SECRET-SECRET", "http://host/********"),
        ("s3://bucket/a/long/prefix/of/ours?region=us-east-1", None),
        ("s3://bucket/p?secret_access_key=SECRET", "s3://bucket/p?secret_access_key=********"),
        ("https://speech.example/v1", None),
        ("file:///var/cache/tingwen", None),
        ("/var/cache/tingwen", None),
        ("", None),
        # What cannot be taken apart:
        ("http://u:pa/ss-SECRET@host/v1", "http://********"),
        ("http://u:12/SECRET@host/v1", "http://********"),
        ("http://[::1/SECRET", "http://********"),
        ("u:SECRET@host", "********"),
    ],
)
def test_a_secret_is_never_shown(given: str, shown: str | None) -> None:
    address = SecretUrl(given)
    for text in (str(address), f"{address}", repr(address), f"{address!r}", f"{[address]}"):
        assert "SECRET" not in text
        assert (given if shown is None else shown) in text
    assert "SECRET" not in address.host
    assert address.reveal() == given


_PASSWORDS = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=12, max_size=40)


@given(_PASSWORDS, st.booleans())
def test_any_password_is_hidden(password: str, quoted: bool) -> None:
    """Also one that was not quoted as a URL's must be."""
    written = quote(password, safe="") if quoted else password
    address = SecretUrl(f"http://user:{written}@host:8880/v1")
    assert written not in f"{address}"
    assert written not in address.host


def test_addresses_in_a_text() -> None:
    text = "asked 'http://u:SECRET@a/v1' and redis://:SECRET@b/0, then gave up"
    assert mask_urls(text) == (
        "asked 'http://********@a/v1' and redis://:********@b/0, then gave up"
    )


def test_settings_show_no_secret() -> None:
    address = SecretUrl("http://u:SECRET@127.0.0.1:1/v1")
    assert "SECRET" not in repr(OpenAISettings(base_url=address, api_key="SECRET"))
    assert "SECRET" not in repr(EdgeSettings(proxy=address))
    for settings in (
        lambda bad: OpenAISettings(base_url=bad),
        lambda bad: EdgeSettings(proxy=bad),
        lambda bad: EdgeSettings(endpoint=bad),
    ):
        with pytest.raises(BadOptions) as refusal:
            settings(SecretUrl("ftp://u:SECRET@127.0.0.1:1/v1"))
        assert "SECRET" not in str(refusal.value)


async def test_a_server_that_is_away_is_named_without_secrets() -> None:
    address = SecretUrl("http://u:SECRET@127.0.0.1:9/v1/QTOKEN?token=SECRET")
    voice = OpenAIVoice(settings=OpenAISettings(base_url=address, attempts=1))
    with pytest.raises(VoiceUnavailable, match=r"127\.0\.0\.1:9 cannot be reached") as failure:
        await voice.speak(Line("今天放晴。"), Prosody())
    assert "SECRET" not in str(failure.value)
    assert "TOKEN" not in str(failure.value)

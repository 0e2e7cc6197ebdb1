"""How the cache is opened, and what seals an object."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio_cache import BadCacheLimit, BadCacheUrl, Cache, format_bytes, parse_bytes, parse_seconds
from audio_cache.envelope import Corrupt, seal, unseal


@pytest.mark.parametrize("location", ["nosuch://bucket", "s3://"])
def test_a_location_that_is_no_store_is_refused(location: str) -> None:
    with pytest.raises(BadCacheUrl, match="TINGWEN_CACHE"):
        Cache.open(location)


@pytest.mark.parametrize(
    ("text", "n_bytes"),
    [
        ("20GB", 20_000_000_000),
        ("1.5 GiB", 1_610_612_736),
        ("500m", 500_000_000),
        ("10kB", 10_000),
        ("123", 123),
        ("0", 0),
    ],
)
def test_sizes_as_people_write_them(text: str, n_bytes: int) -> None:
    assert parse_bytes(text) == n_bytes


@pytest.mark.parametrize("text", ["", "20 cows", "-1", "1e9", "GB", "5XB", "20ib"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="20GB"):
        parse_bytes(text)


def test_a_limit_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGWEN_CACHE_MAX_BYTES", "much")
    with pytest.raises(BadCacheLimit, match="TINGWEN_CACHE_MAX_BYTES: 'much' is no size"):
        Cache.open("memory://")
    monkeypatch.setenv("TINGWEN_CACHE_MAX_BYTES", "20GB")
    assert Cache.open("memory://").max_bytes == 20_000_000_000


@pytest.mark.parametrize(
    ("text", "seconds"), [("30d", 2_592_000), ("12h", 43_200), ("90 m", 5400), ("0s", 0)]
)
def test_ages_as_people_write_them(text: str, seconds: int) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    ("n_bytes", "text"), [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (20 * 10**9, "20.0 GB")]
)
def test_sizes_as_people_read_them(n_bytes: int, text: str) -> None:
    assert format_bytes(n_bytes) == text


@given(st.binary(max_size=200))
def test_sealing_round_trips(payload: bytes) -> None:
    assert unseal(seal(payload)) == payload


@given(st.binary(max_size=60), st.data())
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_any_change_is_seen(payload: bytes, data: st.DataObject) -> None:
    stored = bytearray(seal(payload))
    at = data.draw(st.integers(0, len(stored) - 1))
    stored[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Corrupt):
        unseal(bytes(stored))

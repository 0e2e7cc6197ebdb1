"""The service's configuration: every variable, one line for what is wrong, no secret shown."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.middleware.api_keys import new_key
from api.middleware.rate_limits import address_of
from api.settings import Settings
from reader.cli.dispatch import run
from reader.cli.status import one_line
from reader.errors import BadOptions

SECRET, KEY = new_key("newsroom", ("speak",))


def test_the_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tingwen_webhook_secret").write_text("from a file\n")
    for name, value in {
        "SECRETS_DIR": str(tmp_path),
        "API_KEYS": f"{KEY}, {new_key('reader', ('read',))[1]}",
        "PRIVATE": "1",
        "CORS_ORIGINS": "https://a.example http://localhost:3000",
        "TRUSTED_PROXIES": "10.0.0.0/8,::1",
        "RATE_PER_KEY": "10/minute; 100/hour",
        "WEBHOOKS": "https://a.example/hook",
        "BASE_URL": "https://listen.example/",
        "GRACE_S": "2.5",
        "VOICE": "",
    }.items():
        monkeypatch.setenv(f"TINGWEN_{name}", value)
    found = Settings.from_environment()
    assert [key.name for key in found.keys] == ["newsroom", "reader"]
    assert found.private
    assert found.cors_origins == ("https://a.example", "http://localhost:3000")
    assert found.trusted_proxies == ("10.0.0.0/8", "::1")
    assert found.webhook_secret == "from a file"
    assert (found.base_url, found.grace_s, found.voice) == ("https://listen.example", 2.5, "auto")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("API_KEYS", "hunter2hunter2"),
        ("API_KEYS", "newsroom:speak:hunter2hunter2"),
        ("API_KEYS", f"newsroom:fly:{'0' * 64}"),
        ("API_KEYS", f"a:read:{'0' * 64} a:read:{'1' * 64}"),
        ("PRIVATE", "1"),
        ("PRIVATE", "perhaps"),
        ("CORS_ORIGINS", "https://a.example/path"),
        ("CORS_ORIGINS", "a.example"),
        ("TRUSTED_PROXIES", "my-proxy"),
        ("RATE_PER_KEY", "many"),
        ("RATE_PER_ADDRESS", "10/fortnight"),
        ("ALLOW_HOSTS", "cms.corp:80"),
        ("BASE_URL", "ftp://a.example"),
        ("BASE_URL", "http://[::1"),
        ("MAX_BODY_BYTES", "8MB"),
        ("MAX_SYNTHESES", "0"),
        ("GRACE_S", "-1"),
        ("LOG_FORMAT", "xml"),
        ("SECRETS_DIR", "/nowhere/at/all"),
    ],
)
def test_what_is_wrong_is_one_line_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(f"TINGWEN_{name}", value)
    assert run(["serve"]) == 2
    complaint = capsys.readouterr().err
    assert complaint.count("\n") == 1
    assert f"TINGWEN_{name}" in complaint
    assert "hunter2" not in complaint


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(sorted(Settings.model_fields)),
    st.text(max_size=40)
    | st.sampled_from(["1", "0", "-1", "a:b:c", "[]", "{}", "http://[", "1e9"]),
)
def test_any_value_is_taken_or_refused_in_one_line(field: str, value: str) -> None:
    try:
        Settings(**{field: value})
    except BadOptions as refusal:
        assert "TINGWEN_" in str(refusal)
        assert len(one_line(refusal).splitlines()) == 1


def test_the_configuration_is_printed_without_its_secrets(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    secrets = {
        "TINGWEN_API_KEYS": str(KEY),
        "TINGWEN_WEBHOOK_SECRET": "hush-webhook",
        "TINGWEN_WEBHOOKS": "https://hooks.example/services/T000/B000/hush-token",
        "TINGWEN_RATE_STORE": "redis://user:hush-redis@127.0.0.1/0",
        "TINGWEN_CACHE": "s3://id:hush-bucket@bucket/prefix",
        "TINGWEN_OPENAI_API_KEY": "hush-openai",
        "TINGWEN_EDGE_PROXY": "http://user:hush-proxy@127.0.0.1:8080",
        "TINGWEN_SOMETHING_TOKEN": "hush-unknown",
        "TINGWEN_BROKER": "redis://:hush-broker@127.0.0.1/1",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TINGWEN_GRACE_S", "7")
    assert run(["serve", "--print-config"]) == 0
    printed = capsys.readouterr().out
    assert "hush" not in printed
    assert KEY.sha256 not in printed
    assert "TINGWEN_GRACE_S=7.0\n" in printed
    assert "TINGWEN_WEBHOOK_SECRET=********\n" in printed
    assert "TINGWEN_RATE_STORE=redis://user:********@127.0.0.1/0\n" in printed
    for field in Settings.model_fields:
        assert f"TINGWEN_{field.upper()}=" in printed
    # What is printed can be read again: as the file of a container, for one.
    lines = [line for line in printed.splitlines() if not line.startswith("#")]
    assert all("=" in line for line in lines)


def test_a_new_key_is_one_that_the_service_takes(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keys", "new", "newsroom", "--scope", "speak"]) == 0
    entry = capsys.readouterr().out.split("entry: ")[1].split()[0]
    (key,) = Settings(api_keys=entry).keys
    assert (key.name, key.scopes) == ("newsroom", {"speak"})
    assert run(["keys", "new", "two words"]) == 2


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:1::1", "2001:db8:1:1::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("a\nb", "unknown"),
    ],
)
def test_addresses(host: str, address: str) -> None:
    assert address_of(host) == address


def test_a_bad_setting_ends_the_process_with_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "reader", "serve"],
        env={**os.environ, "TINGWEN_CACHE": str(tmp_path), "TINGWEN_GRACE_S": "soon"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("tingwen: TINGWEN_GRACE_S: must be a number (it is 'soon')")

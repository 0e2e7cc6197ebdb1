"""Every test runs with its own cache and no settings of the machine's user."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_WHERE_MODELS_ARE = ("TINGWEN_VOICES", "TINGWEN_WHISPER")
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

# No test fails because the machine is busy with something else.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's synchronous API keeps a loop running in this thread
    to the end of the session, and asyncio's tests cannot run inside it."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith(("TINGWEN_", "OPENAI_", "OTEL_")) and name not in _WHERE_MODELS_ARE:
            monkeypatch.delenv(name)
    monkeypatch.setenv("TINGWEN_LANG", "en")  # for tests that read what is said
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("TINGWEN_EDGE_ENDPOINT", "http://127.0.0.1:9")  # nobody listens
    monkeypatch.setenv("TINGWEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def embedded_voice() -> None:
    """The real weights of `baker`, for tests that speak with it: fetched once, as the README's
    command does. What needs no speech runs without network and weights."""
    from reader.voices import baker  # here, since it brings the runtime of the models

    baker.install()


@pytest.fixture
def seed_page() -> Path:
    page = SHARED / "data" / "seed" / "worldjournal_page.txt"
    if not page.exists():
        pytest.skip("../shared is not here")
    return page

"""Every test runs with its own cache and no settings of the machine's user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.voices.baker import install

SHARED = Path(__file__).resolve().parents[2] / "shared"
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's synchronous API keeps a loop running in this thread
    to the end of the session, and asyncio's tests cannot run inside it."""
    items.sort(key=lambda item: "browser" in item.path.parts)


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("VOICE", "CACHE_MAX_BYTES", "BROKER", "API_KEYS", "BASE_URL", "LEXICON"):
        monkeypatch.delenv(f"TINGWEN_{name}", raising=False)
    for name in os.environ:
        if name.startswith(("TINGWEN_EDGE_", "TINGWEN_OPENAI_", "OPENAI_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("TINGWEN_EDGE_ENDPOINT", "http://127.0.0.1:9")  # nobody listens
    monkeypatch.setenv("TINGWEN_CACHE", str(tmp_path / "cache"))


@pytest.fixture(scope="session", autouse=True)
def _embedded_voice() -> Iterator[None]:
    """The real weights: fetched once, as the README's command does."""
    install()
    yield


@pytest.fixture
def seed_page() -> Path:
    page = SHARED / "data" / "seed" / "worldjournal_page.txt"
    if not page.exists():
        pytest.skip("../shared is not here")
    return page

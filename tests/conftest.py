"""Every test runs with its own cache and no settings of the machine's user."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from reader.voices.baker import install

SHARED = Path(__file__).resolve().parents[2] / "shared"
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

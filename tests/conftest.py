"""Every test runs with its own cache and no settings of the machine's user."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import hypothesis
import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")
_WHERE_MODELS_ARE = ("TINGWEN_WHISPER",)
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"

# No test fails because the machine is busy with something else.
hypothesis.settings.register_profile("unhurried", deadline=None)
hypothesis.settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's synchronous API keeps a loop running in this thread
    to the end of the session, and asyncio's tests cannot run inside it."""
    items.sort(key=lambda item: "browser" in item.path.parts)
    for item in items:
        if "browser" in item.path.parts:  # a busy machine loses sound and frames: tried twice
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def voices_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where tests find voices: those that their fixtures have put there, whatever the user has."""
    return tmp_path_factory.mktemp("voices")


@pytest.fixture(autouse=True)
def _clean_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, voices_folder: Path
) -> None:
    for name in os.environ:
        if name.startswith(("TINGWEN_", "OPENAI_", "OTEL_")) and name not in _WHERE_MODELS_ARE:
            monkeypatch.delenv(name)
    monkeypatch.setenv("TINGWEN_LANG", "en")  # for tests that read what is said
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("TINGWEN_EDGE_ENDPOINT", "http://127.0.0.1:9")  # nobody listens
    monkeypatch.setenv("TINGWEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("TINGWEN_VOICES", str(voices_folder))


@pytest.fixture(scope="session")
def embedded_voice(voices_folder: Path) -> None:
    """The real weights of `baker`, for tests that speak with it: fetched once, as the README's
    command does. What needs no speech runs without network and weights."""
    from reader.voices import baker  # here, since it brings the runtime of the models

    shutil.copytree(baker.install(), voices_folder / "baker")


@pytest.fixture(scope="session")
def _kokoro_folder() -> Path:
    from reader.voices import kokoro

    return kokoro.install()


@pytest.fixture
def kokoro_voice(_kokoro_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The real weights of `kokoro`, where the user keeps them: for the few tests that speak
    with it. Others find `baker` only, which is much faster."""
    monkeypatch.setenv("TINGWEN_VOICES", str(_kokoro_folder.parent))


@pytest.fixture
def seed_page() -> Path:
    page = SHARED / "data" / "seed" / "worldjournal_page.txt"
    if not page.exists():
        pytest.skip("../shared is not here")
    return page

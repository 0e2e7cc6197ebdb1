"""Imports run one way, down the list in the README's architecture section."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LAYERS = (
    "audio_cache",
    "reader.errors",
    "reader.atomic_file",
    "reader.article",
    "reader.script",
    "reader.pronunciation",
    "reader.mpeg",
    "reader.loudness",
    "reader.voices",
    "reader.stitch",
    "reader.formats",
    "reader.synthesis",
    "reader.cluster",
    "reader.narration",
    "reader.captions",
    "reader.podcast",
    "api",
    "reader.cli",
    "reader.__main__",
)
MODULES = sorted(
    path for top in ("reader", "api", "audio_cache") for path in (ROOT / top).rglob("*.py")
)

FORBIDDEN = (
    ("reader.article", "reader.mpeg"),
    ("reader.script", "reader.mpeg"),
    ("reader.pronunciation", "reader.mpeg"),
    ("reader.mpeg", "reader.script"),
    ("reader.stitch", "reader.script"),
    ("reader.stitch", "reader.article"),
    ("reader.voices", "reader.article"),
    ("reader.voices", "fastapi"),
    ("audio_cache", "reader"),
)


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def layer_of(module: str) -> int | None:
    if module == "reader":
        return None
    ranks = [i for i, layer in enumerate(LAYERS) if f"{module}.".startswith(f"{layer}.")]
    if not ranks and module.split(".")[0] in ("reader", "api", "audio_cache"):
        raise AssertionError(f"{module} has no place in the layers")
    return ranks[0] if ranks else None


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_run_one_way(path: Path) -> None:
    own = layer_of(name_of(path))
    for imported in imports_of(path):
        below = layer_of(imported)
        assert own is None or below is None or below <= own, f"{name_of(path)} → {imported}"
        for above, never in FORBIDDEN:
            if f"{name_of(path)}.".startswith(f"{above}."):
                assert not f"{imported}.".startswith(f"{never}."), f"{name_of(path)} → {imported}"


def test_the_errors_are_below_everything() -> None:
    assert not [i for i in imports_of(ROOT / "reader" / "errors.py") if i.startswith("reader")]

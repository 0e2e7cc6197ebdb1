"""The player's sources, and the files that are built from them and committed."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

API = Path(__file__).resolve().parents[2] / "api"
SOURCES, STATIC = API / "player", API / "static"
EXTENSION = API.parent / "examples" / "browser-extension"
SCRIPTS = sorted([*SOURCES.glob("*.js"), *SOURCES.glob("*/*.js")])
VENV = Path(sys.executable).parents[1]
TOOLS = VENV / "player"
"""Where `make` installs the bundler."""
BUILT = {
    "ting-wen.js": 7 * 1024,
    "player.js": 15 * 1024,
    "app.js": 25 * 1024,
    "service-worker.js": 3 * 1024,
}
"""Bytes that each may have on its way."""
MOST_LINES, MOST_FUNCTION_LINES, MOST_CLASS_LINES, MOST_COLUMNS = 350, 45, 300, 100
IMPORT = re.compile(r'\bfrom "(\.{1,2}/[^"]+)"')


def node() -> str | None:
    own = Path(sys.executable).with_name("node")
    return str(own) if own.exists() else shutil.which("node")


def test_the_built_files_are_what_the_sources_give(tmp_path: Path) -> None:
    program = node()
    if program is None or not (TOOLS / "node_modules" / "esbuild").is_dir():
        pytest.skip("node or the bundler is not here: `make check` installs them")
    command = [program, SOURCES / "build.js", TOOLS, tmp_path]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    extension = tmp_path / "extension"
    for path in extension.iterdir():
        assert path.read_bytes() == (EXTENSION / "built" / path.name).read_bytes(), path.name
    shutil.rmtree(extension)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(BUILT)
    for name in BUILT:
        built = (tmp_path / name).read_bytes()
        assert built == (STATIC / name).read_bytes(), f"{name} is not built anew: make player"


@pytest.mark.parametrize(("name", "most"), BUILT.items())
def test_the_built_files_are_small(name: str, most: int) -> None:
    assert len(gzip.compress((STATIC / name).read_bytes(), 9)) <= most


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: str(path.relative_to(SOURCES)))
def test_sources_keep_the_limits(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= MOST_LINES
    assert max(map(len, lines)) <= MOST_COLUMNS
    for number, line in enumerate(lines):
        if not line.endswith("{"):
            continue
        indent = line[: len(line) - len(line.lstrip())]
        end = next(i for i in range(number, len(lines)) if re.match(indent + r"[}\])]", lines[i]))
        most = MOST_CLASS_LINES if "class " in line else MOST_FUNCTION_LINES
        if not re.match(r"(export )?const \w+ = |  /\*\* @satisfies", line):  # tables may be long
            assert end - number + 1 <= most, f"{path.name}:{number + 1}"


def test_imports_have_no_circles() -> None:
    imports = {
        path: {(path.parent / to).resolve() for to in IMPORT.findall(path.read_text("utf-8"))}
        for path in SCRIPTS
    }
    done: set[Path] = set()

    def visit(path: Path, above: tuple[Path, ...]) -> None:
        assert path not in above, [p.name for p in (*above, path)]
        if path not in done:
            for below in imports.get(path, ()):
                visit(below, (*above, path))
            done.add(path)

    for path in SCRIPTS:
        visit(path, ())


@pytest.mark.parametrize("path", ["words.js", "pages/words.js", "site/site_words.js"])
def test_every_word_is_there_in_both_languages(path: str) -> None:
    source = (SOURCES / path).read_text(encoding="utf-8")
    table = source[source.index("@satisfies") : source.index("\n  }),", source.index("@satisfies"))]
    words = re.findall(r'(\w+): \{\s*"zh-TW": "([^"]+)",\s*en: "([^"]+)",?\s*\},', table)
    assert len(words) == len(re.findall(r"^    \w+: ", table, re.MULTILINE)) > 5
    for name, chinese, english in words:
        assert re.search(r"[一-鿿]", chinese), name
        assert not re.search(r"[一-鿿]", english), name

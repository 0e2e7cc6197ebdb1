"""The house holds together: README's picture, the folders and the imports say the same."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("reader", "api", "audio_cache")
FILES = sorted(path for top in PACKAGES for path in (ROOT / top).rglob("*.py"))

NO_ROOM = frozenset({"reader", "reader.__main__"})
"""The front door, which names all rooms and imports none, and the other name of the command."""

EXTRAS = frozenset(
    {
        "reader.cli.worker",  # tingwen[cluster]
        "reader.cluster",
        "reader.formats.files",  # tingwen[formats]
        "reader.narration.listening_check",  # tingwen[check]
        "reader.voices.kokoro.model",  # onnxruntime, which some machines have no wheel of
    }
)
"""Modules that may import inside a function: what they import may not be installed."""

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

RETIRED_WORDS = """
    shelf outlet desk border shield hiding orders board hands crew owners piece place lead hearing
    observe
"""
"""Names of the house's own, which the field's nouns have replaced: in no module, no class."""
RETIRED_MODULES = """
    reader.whole_file reader.script.speak reader.script.silence reader.script.readers reader.clip
    reader.clips reader.keys reader.marks reader.narrate reader.script_view api.articles api.gate
    api.keys api.access audio_cache.place
"""

LONGEST_MODULE = 350
LONGEST_FUNCTION = 45


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in FILES}


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def layers() -> tuple[str, ...]:
    """The rooms in the order of README's picture: each sees those before it."""
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## How it is built\n", 1)[1]
    picture = re.search(r"(?m)(?:^(?: {4}.*)?\n)+", section)
    assert picture
    found = re.findall(r"(?<![\w/])(reader/\w+|audio_cache|api)(?![\w/])", picture[0])
    return tuple(dict.fromkeys(room.replace("/", ".") for room in found))


LAYERS = layers()


def room_of(module: str) -> int | None:
    """The layer of a module of ours; None for others' and for what has no room."""
    if module.split(".")[0] not in PACKAGES or module in NO_ROOM:
        return None
    ranks = [i for i, layer in enumerate(LAYERS) if f"{module}.".startswith(f"{layer}.")]
    assert ranks, f"{module} is not in README's picture"
    return ranks[0]


@cache
def statements(path: Path, *, inside: bool) -> list[ast.Import | ast.ImportFrom]:
    """The imports at the top of a module, or those `inside` its functions."""
    found = []
    todo: list[tuple[ast.AST, bool]] = [(tree_of(path), False)]
    while todo:
        node, is_inside = todo.pop()
        if isinstance(node, ast.Import | ast.ImportFrom) and is_inside is inside:
            found.append(node)
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        is_inside = is_inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        todo += [(child, is_inside) for child in ast.iter_child_nodes(node)]
    return found


def imported_by(path: Path, *, inside: bool = False) -> Iterator[str]:
    """Modules, with the submodule where one is imported from its package."""
    for node in statements(path, inside=inside):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        else:
            assert node.module, "imports are absolute"
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                yield submodule if submodule in MODULES else node.module


def looked_up_by(path: Path) -> Iterator[str]:
    """Modules of ours that are named in strings, to be imported late."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            match = re.fullmatch(r"((?:reader|api|audio_cache)(?:\.\w+)+)(?::\w+)?", node.value)
            if match and Path(match[1]).suffix not in (".toml", ".tsv", ".json"):
                yield match[1]


def every_import_of(path: Path) -> set[str]:
    return {*imported_by(path), *imported_by(path, inside=True), *looked_up_by(path)}


def test_the_picture_shows_every_room_and_no_other() -> None:
    rooms = {"api", "audio_cache"}
    for path in (ROOT / "reader").iterdir():
        is_package = (path / "__init__.py").exists()
        if is_package or (path.suffix == ".py" and not path.stem.startswith("__")):
            rooms.add(f"reader.{path.stem}")
    assert set(LAYERS) == rooms
    assert len(LAYERS) > 15


def test_imports_run_one_way() -> None:
    wrong = []
    for name, path in MODULES.items():
        own = room_of(name)
        for imported in every_import_of(path):
            below = room_of(imported)
            is_forbidden = any(
                f"{name}.".startswith(f"{above}.") and f"{imported}.".startswith(f"{never}.")
                for above, never in FORBIDDEN
            )
            if is_forbidden or (own is not None and below is not None and below > own):
                wrong.append(f"{name} → {imported}")
    assert wrong == []


def test_what_is_looked_up_by_name_is_there() -> None:
    looked_up = {module for path in FILES for module in looked_up_by(path)}
    assert looked_up - MODULES.keys() == set()
    assert "reader.cli.read" in looked_up


def test_imports_inside_functions_are_for_optional_extras() -> None:
    inside = {name for name, path in MODULES.items() if [*imported_by(path, inside=True)]}
    assert inside == EXTRAS


def test_no_module_imports_itself_through_others() -> None:
    graph = {
        name: {module for module in imported_by(path) if module in MODULES} - {name}
        for name, path in MODULES.items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' → '.join(error.args[1])}")


def test_the_errors_are_below_everything() -> None:
    assert not [i for i in imported_by(MODULES["reader.errors"]) if i.startswith("reader")]


def words_of(name: str) -> set[str]:
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def test_retired_names_stay_away() -> None:
    assert set(RETIRED_MODULES.split()).isdisjoint(MODULES)
    retired = set(RETIRED_WORDS.split())
    for name, path in MODULES.items():
        names = [name.rpartition(".")[2]]
        names += [node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
        for each in names:
            assert retired.isdisjoint(words_of(each)), f"{each} in {name}"


def test_nothing_is_too_long_to_be_read() -> None:
    long = []
    for name, path in MODULES.items():
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE:
            long.append(name)
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                n_lines = (node.end_lineno or node.lineno) - node.lineno + 1
                long += [f"{name}.{node.name}"] if n_lines > LONGEST_FUNCTION else []
    assert long == []

"""Site recipes: recipes.toml read and applied to a tree."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from lxml.etree import _Element

from reader.article.lines import ends_sentence, is_prose, tidy

_SELECTOR = re.compile(
    r"^(?P<tag>[a-z0-9]*)(?P<rest>(?:[.#][\w-]+)*)(?:\[(?P<key>[\w-]+)=(?P<value>[\w-]+)\])?$"
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """One site's entry. The fields are explained at the top of recipes.toml."""

    name: str
    hosts: tuple[str, ...]
    body: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    drop_lines: tuple[str, ...] = ()


@cache
def site_recipes() -> tuple[Recipe, ...]:
    """All recipes of recipes.toml."""
    table = tomllib.loads(files("reader.article").joinpath("recipes.toml").read_text("utf-8"))
    keys = ("hosts", "body", "drop", "byline", "drop_lines")
    return tuple(
        Recipe(entry["name"], **{key: tuple(entry.get(key, ())) for key in keys})
        for entry in table["site"]
    )


def recipe_for(url: str) -> Recipe | None:
    """The recipe of the site that the address belongs to."""
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        return None
    return next(
        (
            r
            for r in site_recipes()
            if any(host == known or host.endswith("." + known) for known in r.hosts)
        ),
        None,
    )


def with_body(recipe: Recipe | None, selector: str) -> Recipe:
    """A recipe that looks for the article in the element of `selector` first."""
    known = recipe or Recipe("", ())
    return replace(known, body=(selector, *known.body))


@cache
def xpath_of(selector: str) -> str:
    """`div.story` as an XPath expression. Raises ValueError for what is no selector of ours."""
    found = _SELECTOR.match(selector)
    if not selector or not found:
        raise ValueError(f"recipes.toml: {selector!r} is no tag, .class, #id or [key=value]")
    tests = []
    for mark, name in re.findall(r"([.#])([\w-]+)", found["rest"]):
        if mark == "#":
            tests.append(f"@id='{name}'")
        else:
            tests.append(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')")
    if found["key"]:
        tests.append(f"@{found['key']}='{found['value']}'")
    return f".//{found['tag'] or '*'}" + "".join(f"[{test}]" for test in tests)


def apply_recipe(recipe: Recipe, tree: _Element) -> tuple[_Element | None, str]:
    """The element that holds the article, emptied of what is not, and the byline.

    None where the page is not as the recipe knows it: then nothing was taken away. Neither is
    an element that holds prose: sites change, and the general rules decide on it.
    """
    byline = ""
    for selector in recipe.byline:
        for element in tree.xpath(xpath_of(selector)):
            byline = byline or tidy("".join(element.itertext()))[:80]
    body = next(
        (found[0] for selector in recipe.body if (found := tree.xpath(xpath_of(selector)))), None
    )
    if body is None:
        return None, byline
    for selector in recipe.drop:
        for element in body.xpath(xpath_of(selector)):
            if not _holds_text(element):
                _remove(element)
    return body, byline


def _holds_text(element: _Element) -> bool:
    words = tidy("".join(element.itertext()))
    linked = sum(len("".join(a.itertext())) for a in element.iter("a"))
    return is_prose(words) and ends_sentence(words) and linked * 2 < len(words)


def _remove(element: _Element) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)

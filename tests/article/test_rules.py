"""Every rule of rules.toml and every recipe against its own examples."""

from __future__ import annotations

import pytest

from reader.article.recipes import recipe_for, site_recipes, xpath_of
from reader.article.rules import Rule, page_rules, verdict_on

RULES = page_rules()


def test_names_are_given_once() -> None:
    ids = [rule.id for rule in RULES]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_catches_its_examples(rule: Rule) -> None:
    assert rule.catches, "every rule shows what it catches"
    for line in rule.catches:
        assert rule.matches(line), line


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_catches_what_a_rule_must_spare(rule: Rule) -> None:
    for line in rule.spares:
        found = verdict_on(line)
        assert found is None, (line, found)


def test_recipes_are_found_by_host_and_their_selectors_can_be_read() -> None:
    for recipe in site_recipes():
        assert recipe_for(f"https://www.{recipe.hosts[0]}/story/1") == recipe
        for selector in (*recipe.body, *recipe.drop, *recipe.byline):
            assert xpath_of(selector).startswith(".//")
    assert recipe_for("https://notudn.com.example.org/") is None
    assert recipe_for("") is None


@pytest.mark.parametrize("selector", ["", "a b", "div > p", "a:hover"])
def test_a_selector_that_is_not_ours_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match=r"recipes\.toml"):
        xpath_of(selector)

"""The table of rules: each example holds in the whole pipeline, whatever stands around it."""

from __future__ import annotations

import pytest

from reader.script import speak_form
from reader.script.characters import fold
from reader.script.rules import load_rules
from reader.script.tables import table

EXAMPLES = [(rule.name, written, said) for rule in load_rules() for written, said in rule.examples]


def heard(text: str) -> str:
    return text.replace(" ", "")


@pytest.mark.parametrize(("name", "written", "said"), EXAMPLES)
def test_example(name: str, written: str, said: str) -> None:
    assert heard(speak_form(written)) == heard(said), name


@pytest.mark.parametrize(("name", "written", "said"), EXAMPLES)
def test_a_neighbour_changes_nothing(name: str, written: str, said: str) -> None:
    around = f"據了解，{written}，記者追蹤。"
    assert heard(speak_form(around)) == f"據了解，{heard(said).rstrip('。')}，記者追蹤。", name


@pytest.mark.parametrize(("name", "said"), [(name, said) for name, _, said in EXAMPLES])
def test_no_later_rule_undoes_an_earlier_one(name: str, said: str) -> None:
    assert heard(speak_form(said)) == heard(said), name


def test_every_rule_is_reached_by_its_own_example() -> None:
    for rule in load_rules():
        assert rule.examples, rule.name
        assert any(_reaches(rule.name, written) for written, _ in rule.examples), rule.name


def _reaches(name: str, written: str) -> bool:
    """Whether no rule above takes the whole text before the named one sees it."""
    text = fold(written)
    for rule in load_rules():
        changed = rule.pattern.sub(rule.say, text)
        if rule.name == name:
            return changed != text
        text = changed
    return False


def test_names_are_unique() -> None:
    names = [rule.name for rule in load_rules()]
    assert len(names) == len(set(names))


def test_cues_only_save_time() -> None:
    for rule in load_rules():
        for _, written, _ in EXAMPLES:
            changes = rule.pattern.sub(rule.say, written) != written
            assert not changes or not rule.cues or not rule.cues.isdisjoint(written), rule.name


@pytest.mark.parametrize("unit", table("units.toml")["units"])
def test_every_unit_can_be_said_of_every_other(unit: str) -> None:
    for per in ("h", "min", "L", "m³", "m2", "日", "公斤", "100km"):
        for written in (f"約500{unit}/{per}。", f"2-3{unit}/{per}", f"-0.5{unit} /{per}"):
            spoken = speak_form(written)
            assert spoken, written
            assert not any(char.isdigit() for char in spoken), written

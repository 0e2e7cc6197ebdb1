"""Where sentences end, and where long ones are cut."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.article.model import Article, Paragraph
from reader.script import ScriptOptions, split_sentences, write_script

CASES = [
    [piece for piece in line.split("‖") if piece]
    for line in Path(__file__).with_name("sentence_cases.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
SHARED = Path(__file__).parents[3] / "shared/data/sentences.jsonl"


@pytest.mark.parametrize("sentences", CASES, ids=lambda case: "".join(case)[:24])
def test_case(sentences: list[str]) -> None:
    assert split_sentences("".join(sentences)) == sentences


def test_there_are_at_least_sixty_cases() -> None:
    assert len(CASES) >= 60


def ends(sentences: list[str]) -> set[int]:
    found, at = set(), 0
    for sentence in sentences:
        at += len(sentence)
        found.add(at)
    return found


def test_boundaries_of_published_text() -> None:
    if not SHARED.exists():
        pytest.skip("../shared/data is not beside this checkout")
    right = missed = wrong = 0
    for line in SHARED.read_text("utf-8").splitlines():
        case = json.loads(line)
        true, found = ends(case["sentences"]), ends(split_sentences(case["text"]))
        right, missed, wrong = (
            right + len(true & found),
            missed + len(true - found),
            wrong + len(found - true),
        )
    assert 2 * right / (2 * right + missed + wrong) >= 0.998


def pieces(text: str, max_chars: int) -> list[str]:
    script = write_script(
        Article(title="", paragraphs=(Paragraph(text),)), ScriptOptions(max_chars=max_chars)
    )
    return [utterance.text for utterance in script.utterances]


def test_a_line_break_ends_a_sentence() -> None:
    assert split_sentences("小標題\n第一段。") == ["小標題\n", "第一段。"]


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    clause = "立法院院會今天處理中央政府總預算案"
    cut = pieces("，".join([clause] * 12) + "。", 60)
    assert all(piece.endswith(("，", "。")) for piece in cut)
    assert max(map(len, cut)) <= 60


def test_the_semicolon_is_the_better_cut() -> None:
    first = "行政院表示將依法辦理，並與各部會協調後續事宜"
    second = "立法院則要求限期改善，並於下會期提出專案報告"
    assert pieces(f"{first}；{second}。", 40) == [f"{first}；", f"{second}。"]


def test_a_quotation_stays_whole_where_it_can() -> None:
    text = (
        "部長在會後接受媒體聯訪時指出，外界對此有諸多誤解，"
        "他強調「政策不會改變，也不能改變」，並請民眾放心。"
    )
    assert any("「政策不會改變，也不能改變」" in piece for piece in pieces(text, 40))


def test_without_punctuation_words_and_numbers_stay_whole() -> None:
    text = (
        "經濟部長今天上午在立法院表示台灣半導體產業去年出口金額達到1,234,567,890美元創下歷史新高"
        * 3
    )
    cut = pieces(text, 40)
    assert "".join(cut) == text
    assert all("1,234,567,890" in piece or not any(c.isdigit() for c in piece) for piece in cut)


def test_a_quote_longer_than_a_breath_ends_at_its_own_stops() -> None:
    sentence = "這項政策攸關全國民眾的權益，政府一定會審慎評估並且廣納各界的意見。"
    text = "總統說：「" + sentence * 5 + "」"
    assert len(split_sentences(text)) == 5

"""`tingwen script --explain`, and the warning about an article that may not be whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reader.article.rules import page_rules
from reader.cli.dispatch import run
from reader.messages.explanations import RULES

FIRST = "橫跨溪谷的百年老橋歷經兩年修復，昨天重新開放通行，居民沿著橋面掛上三百盞燈籠慶祝。"
SECOND = "記者問了三位居民，他們都說很高興，也希望觀光客不要太多，免得山裡的安靜從此不見。"
ELSEWHERE = "".join(f"第{n}段寫在下一頁，這裡沒有刊登。" for n in range(4))


def write_page(folder: Path, stored: str = "") -> str:
    data = json.dumps({"@type": "NewsArticle", "articleBody": stored}, ensure_ascii=False)
    path = folder / "page.html"
    path.write_text(
        f"<html><head><title>老橋修復完工</title><script type='application/ld+json'>{data}</script>"
        f"</head><body><h1>老橋修復完工</h1><p>{FIRST}</p><p>分享</p><p>{SECOND}</p></body></html>",
        "utf-8",
    )
    return str(path)


def test_each_block_is_told_with_its_reason(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["script", write_page(tmp_path), "--explain"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:4]] == [
        ["-", "title"], ["+", "text"], ["-", "share-bar"], ["+", "text"],
    ]  # fmt: skip
    assert lines[-1].startswith("= read ")


def test_a_refusal_is_told_too(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.html").write_text("<html><nav><a href=/>首頁</a></nav></html>", "utf-8")
    assert run(["script", str(tmp_path / "a.html"), "--explain"]) == 0
    assert capfd.readouterr().out.splitlines()[-1].startswith("= refused: no article found in ")


def test_in_chinese_all_of_it_is(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", "zh-TW")
    assert run(["script", write_page(tmp_path), "--explain"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert [line.split()[:2] for line in lines[:3]] == [
        ["-", "標題"], ["+", "內文"], ["-", "分享列"],
    ]  # fmt: skip
    assert lines[-1].startswith("= 唸 ")
    assert set(RULES) == {rule.id for rule in page_rules()}


def test_an_article_that_may_not_be_whole_is_read_with_a_warning(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", "zh-TW")
    assert run(["script", write_page(tmp_path, stored=FIRST + ELSEWHERE), "--json"]) == 0
    told = capfd.readouterr()
    assert told.err.startswith("tingwen: 這頁可能沒讀完整")
    assert told.err.count("\n") == 1
    assert json.loads(told.out)["paragraphs"] == [FIRST, SECOND]
    assert run(["script", write_page(tmp_path), "--json"]) == 0
    assert capfd.readouterr().err == ""


def test_the_command_line_can_be_called_in_this_process_again_and_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        from reader.cli import main

        with pytest.raises(SystemExit) as ended:
            main(["script", write_page(tmp_path), "--json"])
        assert not ended.value.code
        assert json.loads(capfd.readouterr().out)["title"] == "老橋修復完工"

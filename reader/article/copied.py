"""The text of a whole web page, as copied from a browser: where its article stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reader.article.blocks import Block
from reader.article.byline import clean_byline, is_byline, is_name
from reader.article.dates import iso_date
from reader.article.lines import could_be_headline, ends_sentence, han_count, is_prose, squeeze
from reader.article.rules import Rule, verdict_on
from reader.article.title import without_site

_PROSE_CEILING = 150
_SHORT_LINE = -14.0
_RULED_LINE = -3.0
_STOP_LINE = -60.0
_EARLIER_WINS = 0.45
"""Of several texts on a page the first counts that has this share of the longest."""
_TITLE_WINDOW = 30
_FURNITURE_LINES = 2
_NAME_BELOW = 6
_OTHER_ROLES = ("攝影", "設計", "製圖", "編輯", "影像", "攝影：", "設計：", "編輯：")
_ECHO_CHARS = 45
_ECHO_SPAN = 10
_ECHO_SHARE = 0.45
_ECHO_REACH = 6


@dataclass(frozen=True, slots=True)
class CopiedArticle:
    """Position of the article among the blocks, and what was said between title and text."""

    first: int
    last: int
    title: str
    byline: str
    published: str
    repeated: frozenset[str]
    title_at: int = -1


def looks_copied(blocks: Sequence[Block]) -> bool:
    """Whether a text carries parts of a page around it: menus, widgets, lists of stories."""
    found = 0
    for block in blocks:
        rule = verdict_on(block.text)
        found += rule is not None and rule.does != "sign_off"
        if found >= _FURNITURE_LINES:
            return True
    return False


def find_article(blocks: Sequence[Block]) -> CopiedArticle | None:
    """The article in the copied text, or None where no run of prose stands out."""
    rules = [verdict_on(block.text) for block in blocks]
    repeated = _repeated_captions(blocks)
    weights = [_weight(b, r, repeated) for b, r in zip(blocks, rules, strict=True)]
    run = _best_run(weights, rules)
    if run is None:
        return None
    first, last = run
    title_at = _title_above(blocks, rules, first, repeated)
    title = without_site(blocks[title_at].text) if title_at >= 0 else ""
    byline, published = _credits(blocks, max(title_at, 0), first, title_at)
    first = _lead_below_title(blocks, rules, title_at, first, repeated)
    end = _end(rules, last, len(blocks))
    return CopiedArticle(first, end, title, byline, published, repeated, title_at)


def _weight(block: Block, rule: Rule | None, repeated: frozenset[str]) -> float:
    text = block.text
    if rule is not None:
        return _STOP_LINE if rule.does in ("stop", "end") else _RULED_LINE
    if squeeze(text) in repeated or is_byline(text):
        return _RULED_LINE
    if is_prose(text):
        return float(min(han_count(text) + 5, _PROSE_CEILING))
    if ends_sentence(text) and han_count(text) >= 3:
        return 4.0
    return _SHORT_LINE


def _best_run(weights: Sequence[float], rules: Sequence[Rule | None]) -> tuple[int, int] | None:
    """The run of lines with the largest sum; nothing runs on over an `end` rule."""
    runs: list[tuple[float, int, int]] = []
    total, start, best = 0.0, 0, (0.0, 0, 0)
    for at, weight in enumerate(weights):
        rule = rules[at]
        if total <= 0:
            total, start = 0.0, at
        total += weight
        if total > best[0]:
            best = (total, start, at)
        if total <= 0 or (rule is not None and rule.does == "end"):
            if best[0] > 0:
                runs.append(best)
            total, best = 0.0, (0.0, 0, 0)
    if best[0] > 0:
        runs.append(best)
    if not runs:
        return None
    most = max(run[0] for run in runs)
    _, first, last = next(run for run in runs if run[0] >= _EARLIER_WINS * most)
    return first, last


def _end(rules: Sequence[Rule | None], last: int, count: int) -> int:
    """A few lines on, for the editor's name and the hotline below the text."""
    at = last + 1
    while (
        at < count
        and (rule := rules[at]) is not None
        and rule.does in ("notice", "sign_off", "caption", "drop")
    ):
        at += 1
    return at - 1


def _repeated_captions(blocks: Sequence[Block]) -> frozenset[str]:
    """Sentences that stand twice in a row: the alternative text of a picture and its caption."""
    found = set()
    for one, other in pairwise(blocks):
        same = squeeze(one.text)
        if same == squeeze(other.text) and len(same) <= 160 and is_prose(one.text):
            found.add(same)
    found.update(squeeze(b.text) for at, b in enumerate(blocks) if _echoes_neighbour(blocks, at))
    return frozenset(found)


def _echoes_neighbour(blocks: Sequence[Block], at: int) -> bool:
    """Whether one short sentence says again what a paragraph close by says at length.

    So does the caption of a picture that carries no credit.
    """
    line = squeeze(blocks[at].text)
    if len(line) > _ECHO_CHARS or not is_prose(line) or len(re.findall("[。！？]", line)) != 1:
        return False
    span = max(_ECHO_SPAN, int(len(line) * _ECHO_SHARE))
    pieces = [line[i : i + span] for i in range(len(line) - span + 1)]
    near = [*blocks[max(0, at - _ECHO_REACH) : at], *blocks[at + 1 : at + 1 + _ECHO_REACH]]
    return any(
        len(other.text) >= 2 * len(line) and any(piece in other.text for piece in pieces)
        for other in near
    )


def _title_above(
    blocks: Sequence[Block], rules: Sequence[Rule | None], first: int, repeated: frozenset[str]
) -> int:
    """The line above the text that reads most like its headline, or -1."""
    counts = Counter(squeeze(block.text) for block in blocks)
    openings = [squeeze(without_site(block.text)) for block in blocks[:first]]
    best, best_score = -1, 0.0
    for at in range(first - 1, max(-1, first - 1 - _TITLE_WINDOW), -1):
        text = blocks[at].text
        if rules[at] is not None or squeeze(text) in repeated or is_byline(text) or _is_menu(text):
            continue
        if not could_be_headline(text) or iso_date(text):
            continue
        score = 10.0 - 0.5 * (first - at) + min(han_count(text), 20) * 0.4
        score += 3.0 * bool(re.search(r"[！？!?：「」、\s　｜]", text))
        score += 6.0 * (blocks[at].kind == "heading")
        score += 8.0 * (openings.count(squeeze(text)) > 1 and counts[squeeze(text)] < 4)
        if score > best_score:
            best, best_score = at, score
    return best


def _is_menu(text: str) -> bool:
    """`首頁 / 國際 / 亞洲`, `要聞 娛樂 運動 全球 社會`: short words in a row."""
    words = [word for word in re.split(r"[\s　>＞›»/／|｜·•]+", text) if word]
    return len(words) >= 3 and max(map(len, words)) <= 6


def _credits(blocks: Sequence[Block], top: int, first: int, title_at: int) -> tuple[str, str]:
    """Byline and date: between title and text, else in the two lines above the title."""
    byline = published = name = ""
    order = [*range(top, first), *range(max(0, title_at - 2), max(0, title_at))]
    for at in order:
        text = blocks[at].text
        if at == title_at or is_prose(text):
            continue
        if not byline and is_byline(text):
            byline = clean_byline(text)
        if not name and 0 <= title_at < at <= title_at + _NAME_BELOW and is_name(text):
            if at and blocks[at - 1].text in _OTHER_ROLES:
                continue
            name = text
        published = published or (iso_date(text) if len(text) < 80 else "")
    return byline or name, published


def _lead_below_title(
    blocks: Sequence[Block],
    rules: Sequence[Rule | None],
    title_at: int,
    first: int,
    repeated: frozenset[str],
) -> int:
    """Back to prose between title and text that a gap of short lines had cut off."""
    if title_at < 0:
        return first
    leads = [
        at for at in range(title_at + 1, first)
        if rules[at] is None
        and is_prose(blocks[at].text)
        and squeeze(blocks[at].text) not in repeated
    ]  # fmt: skip
    return leads[0] if leads else first

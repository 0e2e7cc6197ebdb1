"""The editor of a digest: one story once, by weight, cut to a length.

What many sources report weighs most; among equals, what a feed lists first; then the order in which
the sources were given. Sections stay together where pages name them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from reader.podcast.likeness import are_numbers_different, share_contained, shingles
from reader.podcast.sources import ENTRIES
from reader.podcast.story import Story
from reader.script import Script

_SAME_STORY: Final = 0.6
"""Share of the shorter article's shingles: agencies' copy is cut, but hardly rewritten."""
_LEAST_LEAD_CHARS: Final = 20
_CHARS_A_SECOND: Final = 4.4
"""Of what voices say at their usual pace; what they took is measured afterwards."""
_AROUND_S: Final = 4.0
"""Announcing a story, and the pause after it."""
_OPENING_S: Final = 25.0


@dataclass(slots=True)
class _Group:
    """Reports of one story."""

    best: Story
    words: set[int]
    size: int = 1

    @property
    def weight(self) -> tuple[int, int, int]:
        """The least is the heaviest."""
        order = self.best.source.order
        return -self.size, order % ENTRIES, order


def chosen(stories: Sequence[Story]) -> list[Story]:
    """Each story once, the fullest report of it, the heaviest first, sections together."""
    groups: list[_Group] = []
    for story in sorted(stories, key=lambda story: story.source.order):
        words = shingles("".join(story.script.paragraphs))
        same = next((g for g in groups if _is_same(g, story, words)), None)
        if same is None:
            groups.append(_Group(story, words))
            continue
        same.size += 1
        if len(words) > len(same.words):
            same.best, same.words = story, words
    ranked = [group.best for group in sorted(groups, key=lambda group: group.weight)]
    sections = list(dict.fromkeys(story.section for story in ranked))
    return sorted(ranked, key=lambda story: sections.index(story.section))


def section_starts(stories: Sequence[Story]) -> list[int]:
    """Places of the stories that begin a section; of all, where no page names one."""
    named = any(story.section for story in stories)
    return [
        n
        for n in range(1, len(stories))
        if not named or stories[n].section != stories[n - 1].section
    ]


def cut_to(stories: Sequence[Story], minutes: int, rate_percent: int = 0) -> list[Story]:
    """The stories that fit into so many minutes: the leads of the heaviest ones, and as many
    further paragraphs as there is room for, a paragraph of each by turns. At least one story."""
    left_s = minutes * 60 - _OPENING_S
    chars_a_second = _CHARS_A_SECOND * (1 + rate_percent / 100)
    lengths: list[int] = []
    for story in stories:
        n_lead = _n_of_lead(story.script)
        lead_s = _AROUND_S + _seconds(story.script, n_lead, chars_a_second)
        if lengths and lead_s > left_s:
            break
        lengths.append(n_lead)
        left_s -= lead_s
    for n in _by_turns(stories[: len(lengths)], lengths):
        more_s = _seconds(stories[n].script, lengths[n] + 1, chars_a_second) - _seconds(
            stories[n].script, lengths[n], chars_a_second
        )
        if more_s > left_s:
            break
        left_s -= more_s
        lengths[n] += 1
    return [_shortened(story, n) for story, n in zip(stories, lengths, strict=False)]


def fitting(stories: Sequence[Story], seconds: Sequence[float], minutes: int) -> list[Story]:
    """The first stories that, as they were spoken, fit into a tenth more than so many minutes."""
    left_s, kept = minutes * 66 - _OPENING_S, list[Story]()
    for story, spoken_s in zip(stories, seconds, strict=True):
        left_s -= spoken_s + _AROUND_S
        if kept and left_s < 0:
            break
        kept.append(story)
    return kept


def _is_same(group: _Group, story: Story, words: set[int]) -> bool:
    best = group.best
    if are_numbers_different(best.title, story.title) or are_numbers_different(
        best.lead, story.lead
    ):
        return False
    return share_contained(group.words, words) >= _SAME_STORY


def _by_turns(stories: Sequence[Story], lengths: list[int]) -> Iterator[int]:
    """Numbers of stories that have a further paragraph, round after round."""
    while True:
        more = [n for n, s in enumerate(stories) if lengths[n] < len(s.script.paragraphs)]
        if not more:
            return
        yield from more


def _n_of_lead(script: Script) -> int:
    """Paragraphs of the lead: the first ones that say something."""
    n_chars = 0
    for n, paragraph in enumerate(script.paragraphs, 1):
        n_chars += len(paragraph)
        if n_chars >= _LEAST_LEAD_CHARS:
            return n
    return len(script.paragraphs)


def _seconds(script: Script, n_paragraphs: int, chars_a_second: float) -> float:
    said = [u for u in script.utterances if u.paragraph < n_paragraphs]
    n_chars, pause_ms = sum(len(u.spoken) for u in said), sum(u.pause_ms for u in said)
    return n_chars / chars_a_second + pause_ms / 1000


def _shortened(story: Story, n_paragraphs: int) -> Story:
    kept = tuple(u for u in story.script.utterances if u.paragraph < n_paragraphs)
    script = replace(
        story.script, paragraphs=story.script.paragraphs[:n_paragraphs], utterances=kept
    )
    return replace(story, script=script)

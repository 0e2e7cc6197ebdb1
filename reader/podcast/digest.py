"""今日新聞摘要: many articles as one script, with an opening, transitions and an end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from reader.article import Article, Paragraph
from reader.podcast.chapters import ChapterStart
from reader.podcast.dates import TAIPEI, now, spoken_day
from reader.podcast.editor import section_starts
from reader.podcast.episode import Episode
from reader.podcast.headline import n_of_headline
from reader.podcast.identity import episode_guid
from reader.podcast.options import DISCLOSURE, PodcastOptions
from reader.podcast.story import Story, brief
from reader.script import HEADLINE, Lexicon, Script, ScriptOptions, Utterance, write_script

NAME: Final = "今日新聞摘要"
_HEADLINES: Final = 8
"""Headlines that the opening announces; more would tire."""
_WORTH_ANNOUNCING: Final = 2
_TRANSITIONS: Final = ("第{}則新聞。", "接著是第{}則新聞。", "再來，第{}則新聞。")
"""By turns: the same words ten times sound like a machine."""
_AFTER_ARTICLE_MS: Final = 1200
_ENDS: Final = "。！？!?…"


def digest_of(stories: Sequence[Story], options: PodcastOptions, lexicon: Lexicon) -> Episode:
    """One episode of all `stories`, in their order; the same day gives the same GUID."""
    day = _day(options)
    script, starts = _Joined(stories, options, lexicon, day).written()
    marks = [ChapterStart(None, "開場")]
    for story, paragraph in zip(stories, starts, strict=True):
        title = story.script.title or story.lead[:30]
        marks.append(ChapterStart(paragraph, title, story.link))
    return Episode(
        guid=episode_guid(f"digest:{day:%Y-%m-%d}"),
        script=script,
        published=day.isoformat(),
        lead=brief(f"{len(stories)}則新聞：{'；'.join(mark.title for mark in marks[1:])}"),
        link="",
        marks=tuple(marks),
        order=0,
        disclosure=DISCLOSURE if options.disclosure else "",
        is_digest=True,
        stings=tuple(starts[n] - int(len(stories) > 1) for n in section_starts(stories)),
        format=options.format,
        season=options.show.season,
    )


def _day(options: PodcastOptions) -> datetime:
    if options.digest_date:
        return datetime.fromisoformat(options.digest_date).replace(tzinfo=TAIPEI)
    return now().replace(hour=0, minute=0, second=0)


class _Joined:
    """The script of a digest as it is written, paragraph after paragraph."""

    def __init__(
        self,
        stories: Sequence[Story],
        options: PodcastOptions,
        lexicon: Lexicon,
        day: datetime,
    ) -> None:
        self._stories = stories
        self._options = options
        self._lexicon = lexicon
        self._day = day
        self._paragraphs: list[str] = []
        self._utterances: list[Utterance] = []

    def written(self) -> tuple[Script, list[int]]:
        """The script, and the paragraph in which each story begins."""
        title = f"{NAME}　{self._day.year}年{self._day.month}月{self._day.day}日"
        self._say(*self._opening())
        starts = []
        for n, story in enumerate(self._stories):
            self._say(*_transition(n, len(self._stories)))
            starts.append(len(self._paragraphs))
            self._append(story.script)
            self._rest()
        closing = "以上是今天為您播報的新聞，謝謝收聽。"
        self._say(closing, *((DISCLOSURE,) if self._options.disclosure else ()))
        script = Script(
            title=title,
            byline="",
            published=self._day.isoformat(),
            paragraphs=tuple(self._paragraphs),
            utterances=tuple(self._utterances),
        )
        return script, starts

    def _opening(self) -> list[str]:
        show, n_pieces = self._options.show.title.strip(), len(self._stories)
        welcome = show if NAME in show or "新聞摘要" in show else f"{show}，{NAME}"
        day = f"今天是{spoken_day(self._day)}，為您播報{n_pieces}則新聞。"
        return [f"歡迎收聽{welcome}。", day, *self._coming()]

    def _coming(self) -> list[str]:
        """The headlines, where there is more than one."""
        coming = [story.script.title for story in self._stories if story.script.title]
        if len(coming) < _WORTH_ANNOUNCING:
            return []
        first = f"先聽前{_HEADLINES}則的標題。" if len(coming) > _HEADLINES else "先聽標題。"
        return [first, *(t if t[-1] in _ENDS else f"{t}。" for t in coming[:_HEADLINES])]

    def _rest(self) -> None:
        """A longer pause: the listener hears that the article is over."""
        last = self._utterances[-1]
        self._utterances[-1] = replace(last, pause_ms=max(last.pause_ms, _AFTER_ARTICLE_MS))

    def _say(self, *paragraphs: str) -> None:
        """Words of ours, in the same voice as the articles."""
        article = Article("", tuple(Paragraph(text) for text in paragraphs))
        self._append(write_script(article, ScriptOptions(), self._lexicon))

    def _append(self, script: Script) -> None:
        """The script's headline and its paragraphs; its byline is not said in a digest."""
        headline = _headline(script)
        if headline:
            self._paragraph("".join(u.text for u in headline), headline)
        for number, text in enumerate(script.paragraphs):
            self._paragraph(text, [u for u in script.utterances if u.paragraph == number])

    def _paragraph(self, text: str, utterances: Sequence[Utterance]) -> None:
        for utterance in utterances:
            moved = replace(utterance, index=len(self._utterances), paragraph=len(self._paragraphs))
            self._utterances.append(moved)
        self._paragraphs.append(text)


def _headline(script: Script) -> list[Utterance]:
    before = [u for u in script.utterances if u.paragraph == HEADLINE]
    return before[: n_of_headline((u.text for u in before), script.title)]


def _transition(n: int, n_pieces: int) -> list[str]:
    """What is said before an article; nothing, if it is the only one."""
    if n_pieces == 1:
        return []
    if n == n_pieces - 1:
        return ["最後一則新聞。"]
    return [_TRANSITIONS[n % len(_TRANSITIONS)].format(n + 1)]

"""What a podcast says of itself and how its episodes are made, validated once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal

from reader.article.access import PUBLIC_ONLY, Access
from reader.errors import BadOptions
from reader.narration.narrator import ReadOptions
from reader.podcast import categories
from reader.podcast.web_address import encoded

DISCLOSURE: Final = "本音檔由語音合成。"
"""What Apple asks of who lets a machine speak a material portion of a podcast's audio (content
guidelines 1.11): that sound and metadata say so."""
SoundFormat = Literal["mp3", "mp3-44100"]
_LANGUAGE: Final = re.compile(r"(?i)[a-z]{2,3}(-[a-z0-9]{2,8})*")
_MOST_JOBS: Final = 32


@dataclass(frozen=True, slots=True)
class Show:
    """The channel of the feed. Empty strings are left out of it."""

    title: str
    base_url: str
    """Where the folder will be found, without a slash at the end."""
    description: str = ""
    author: str = ""
    email: str = ""
    """Of the owner: Spotify and Apple write to it to see that the feed is theirs."""
    link: str = ""
    """The show's site; the base URL if there is none."""
    language: str = "zh-TW"
    category: str = "News"
    subcategory: str = "Daily News"
    explicit: bool = False
    copyright: str = ""
    funding_url: str = ""
    funding_text: str = ""
    locked: bool = False
    """Other hosts must not import the feed (podcast:locked)."""
    new_feed_url: str = ""
    """Where the feed has moved to: apps follow it (itunes:new-feed-url)."""
    txt: tuple[str, ...] = ()
    """`podcast:txt`, such as the proof of ownership that a directory asks for: `PURPOSE: TEXT`."""
    season: int = 0
    """Of the episodes that are made from now on; 0 is none."""
    numbered: bool = False
    """Whether episodes get numbers (itunes:episode)."""
    discloses: bool = False
    """Whether the description says that a machine speaks."""

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise BadOptions("title-missing")
        base = encoded("base-url", self.base_url, whole=False).rstrip("/")
        object.__setattr__(self, "base_url", base)
        for name, field_ in (
            ("link", "link"), ("funding", "funding_url"), ("new-feed-url", "new_feed_url"),
        ):  # fmt: skip
            if getattr(self, field_):
                object.__setattr__(self, field_, encoded(name, getattr(self, field_)))
        if self.season < 0:
            raise BadOptions("counts-negative")
        if not _LANGUAGE.fullmatch(self.language):
            raise BadOptions("language-bad", language=self.language)
        categories.check(self.category, self.subcategory)
        if self.email and not re.fullmatch(r"[^@\s]+@[^@\s]+", self.email):
            raise BadOptions("email-bad", email=self.email)

    def url_of(self, path: str) -> str:
        """The address of a file of the folder."""
        return f"{self.base_url}/{path}"


@dataclass(frozen=True, slots=True)
class PodcastOptions:
    """How the episodes are made and how many of them the feed lists."""

    show: Show
    read: ReadOptions = field(default_factory=ReadOptions)
    mode: Literal["auto", "article", "text"] = "auto"
    digest: bool = False
    """All sources as one episode, 今日新聞摘要, in place of an episode an article."""
    digest_date: str = ""
    """The day of the digest, `2026-05-04`; "" is today in Taipei."""
    lead_only: bool = False
    """Only the headline and the first paragraph of every article."""
    disclosure: bool = True
    """Say 「本音檔由語音合成」 at the end of each episode and in its notes."""
    format: SoundFormat = "mp3"
    """Of new episodes: the canonical frames as they are, or 44.1 kHz and 128 kbit/s, encoded
    anew. What the folder holds keeps its format."""
    minutes: int = 0
    """Length that a digest aims at; 0 reads all of every article."""
    sting: Path | None = None
    """Sound between the sections of a digest."""
    cover: Path | None = None
    cover_font: Path | None = None
    intro: Path | None = None
    sponsor: Path | None = None
    """Sound between the intro and the article."""
    outro: Path | None = None
    access: Access = PUBLIC_ONLY
    """Hosts that sources may be fetched from though they are not public."""
    merge: str = ""
    """A feed, file or URL, whose episodes are to stay listed beside ours."""
    per_feed: int = 0
    """The newest entries that are taken of each feed among the sources; 0 is all."""
    limit: int = 0
    """The newest episodes that the feed lists; 0 is all."""
    page_size: int = 300
    """Episodes a page of the feed (RFC 5005); 0 puts all on one page."""
    jobs: int = 4
    """Articles at a time. How many sentences are spoken at a time is the voice's affair."""

    def __post_init__(self) -> None:
        if min(self.limit, self.page_size, self.per_feed, self.minutes) < 0:
            raise BadOptions("counts-negative")
        if not 1 <= self.jobs <= _MOST_JOBS:
            raise BadOptions("jobs-bad", jobs=self.jobs, most=_MOST_JOBS)
        if self.digest_date and not _is_day(self.digest_date):
            raise BadOptions("date-bad", date=self.digest_date)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False

"""Models of the JSON that comes in and goes out."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from api.complaints import InvalidValue

Status = Literal["pending", "speaking", "ready", "failed"]


MOST_SENT_WORDS: Final = 200
SentLexicon = Annotated[
    dict[str, Any],
    Field(
        examples=[{"行庫": "ㄏㄤˊ ㄎㄨˋ", "TSMC": "台積電"}],
        description="Words with what is said for them, at most 200: 注音 or pinyin with tones, one "
        "syllable a character, or other words. As in a lexicon file: `surnames` may be a table of "
        "its own. They go before the service's own lexicon.",
    ),
]


class ArticleRequest(BaseModel):
    """An article to be read: exactly one of `text`, `html`, `url` and `page`."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[
        str | None,
        Field(
            description="The article as text, or a whole page as it was copied: a paragraph a "
            "line, the headline in the first."
        ),
    ] = None
    html: Annotated[
        str | None, Field(description="A whole page as HTML; the article in it is found.")
    ] = None
    url: Annotated[
        str | None, Field(max_length=4096, description="The http(s) address of a page.")
    ] = None
    page: Annotated[
        str | None,
        Field(
            description="Any of them, as somebody pasted it: which it is, is found out. An "
            "address may come without its scheme, or with a title around it."
        ),
    ] = None
    title: Annotated[
        str | None, Field(max_length=500, description="In place of the article's own headline.")
    ] = None
    voice: Annotated[
        str | None,
        Field(
            max_length=200,
            examples=["auto", "baker"],
            description="A name of `/v1/voices`, or its engine alone (`edge`).",
        ),
    ] = None
    rate: Annotated[
        int | None, Field(ge=-50, le=100, description="Speed in percent, 0 is usual.")
    ] = None
    fallback: Annotated[
        bool,
        Field(description="Whether another voice may read it if this one cannot; else it fails."),
    ] = True
    lexicon: SentLexicon | None = None
    listed: Annotated[
        bool,
        Field(description="Whether it stands in `/feed.xml`, for everybody. Nothing unlists it."),
    ] = False

    @model_validator(mode="after")
    def _one_source(self) -> ArticleRequest:
        sources = (self.text, self.html, self.url, self.page)
        if sum(source is not None for source in sources) != 1:
            raise InvalidValue("not-one-source")
        return self


class AgainRequest(BaseModel):
    """How to read an article that is here already; what is left out stays as it was."""

    model_config = ConfigDict(extra="forbid")

    voice: Annotated[str | None, Field(max_length=200, description="A name of `/v1/voices`.")] = (
        None
    )
    rate: Annotated[
        int | None, Field(ge=-50, le=100, description="Speed in percent, 0 is usual.")
    ] = None
    fallback: Annotated[
        bool | None, Field(description="Whether another voice may read it if this one cannot.")
    ] = None
    lexicon: SentLexicon | None = None


class UtteranceModel(BaseModel):
    """A sentence and when it is heard, in seconds; null until known."""

    index: int
    paragraph: Annotated[int, Field(description="−1 for the headline and the byline.")]
    text: str
    start: float | None
    end: float | None


class ProblemModel(BaseModel):
    """Why a narration failed."""

    type: str
    detail: Annotated[str, Field(description="What happened, and what to do.")]
    message: Annotated[str, Field(description="The same for a page that shows it.")] = ""
    kind: Annotated[str, Field(description="What happened, for programs.")] = ""


class ArticleModel(BaseModel):
    """A narration, ready or in the making."""

    id: str
    title: str
    byline: str
    status: Status
    voice: Annotated[str | None, Field(description="The voice that speaks, null until known.")]
    wanted_voice: Annotated[str, Field(description="The voice that was asked for.")] = ""
    why: Annotated[str, Field(description="Why another voice than the wanted one speaks.")] = ""
    licence: Annotated[
        str, Field(description="Under which licence that voice may be used, empty until known.")
    ] = ""
    duration: Annotated[float | None, Field(description="Seconds.")]
    coverage: Annotated[float, Field(description="Share of the sentences that are spoken.")]
    passed_over: Annotated[
        list[str], Field(description="Characters without a reading, which are not said.")
    ] = []
    audio_url: str
    captions_url: str
    page_url: str
    problem: ProblemModel | None = None
    utterances: list[UtteranceModel]


class SummaryModel(BaseModel):
    """What a player shows of an article before it is played: all but its sentences."""

    id: str
    title: str
    byline: str
    status: Status
    voice: Annotated[str | None, Field(description="The voice that speaks, null until known.")]
    why: Annotated[str, Field(description="Why another voice than the wanted one speaks.")] = ""
    licence: Annotated[str, Field(description="Under which licence that voice may be used.")] = ""
    duration: Annotated[float | None, Field(description="Seconds.")]
    audio_url: str
    captions_url: str
    page_url: str
    address: Annotated[str, Field(description="Of the article's page, empty if unknown.")] = ""
    brand: Annotated[str, Field(description="Of the site that it is on, empty for none.")] = ""
    logo: Annotated[str, Field(description="Address of the site's picture, empty for none.")] = ""
    selector: Annotated[str, Field(description="The element that holds the article.")] = ""
    make: Annotated[str, Field(description="`on-publish` or `on-view`, empty for no site.")] = ""
    stale: Annotated[
        bool, Field(description="Whether a player is to ask for a look at the page.")
    ] = False


class PageRequest(BaseModel):
    """A page that was published or edited."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[
        str, Field(max_length=2048, description="Its address, inside of a site's origin.")
    ]
    html: Annotated[
        str | None, Field(description="The page itself; without it, it is fetched.")
    ] = None


class LookRequest(BaseModel):
    """A page that a reader looks at."""

    model_config = ConfigDict(extra="forbid")

    url: Annotated[str, Field(max_length=2048, description="Its address.")]


class VoiceModel(BaseModel):
    """A voice that can be asked for."""

    name: str
    locale: str
    gender: str
    description: str
    licence: str
    needs_network: bool
    installed: bool
    label: Annotated[str, Field(description="What people are shown in place of the name.")] = ""

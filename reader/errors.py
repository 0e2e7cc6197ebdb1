"""Every error that this package raises on purpose, drawn as one tree.

    TingwenError
    ├─ BadInput                 the caller must change what was sent
    │  ├─ BadOptions            an option has a value that cannot work
    │  │  └─ UnknownVoice       no voice has that name
    │  ├─ Withdrawn             its publisher has withdrawn the article
    │  ├─ SourceUnreadable      a file or URL that cannot be read
    │  │  └─ Unreachable        the network or the server did not answer
    │  │     └─ NotPublic       an address that is not on the public internet
    │  └─ NoArticle             read, but there is no article in it
    │     ├─ Paywalled
    │     ├─ VideoOnly
    │     ├─ IndexPage
    │     └─ LoginPage
    ├─ VoiceError               the voice did not do its work
    │  ├─ VoiceMissing          known, but not installed
    │  ├─ VoiceUnavailable      worth another try: network, time-out, overload
    │  ├─ VoiceRefused          not worth another try: the engine said no
    │  ├─ BadAudio              what came back is not the speech that was asked for
    │  └─ Unpronounceable       a character without a reading
    ├─ PortTaken                another program listens there
    ├─ Incomplete               sentences are missing: nothing is called ready
    └─ StorageError             the cache or the disk failed

The branches are what the caller can do. What happened is told by a kind, a key of the catalogue in
`reader.messages`, and its facts: each door words them in the language of who reads it, with what
can be done at that door.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any, Final, Self

Fact = object
"""A value that JSON can hold, another error of ours as the cause, or a list of them."""
_KIND: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
OTHER: Final = "other"


class TingwenError(Exception):
    """Base of all: catching it catches whatever we raise on purpose.

    `kind` says what happened, `facts` to what. A free sentence, as voices of others may raise it,
    becomes the fact `reason` of the kind `other`.
    """

    def __init__(self, kind: str = "", /, **facts: Fact) -> None:
        is_sentence = not facts and _KIND.fullmatch(kind) is None
        self.kind: str = OTHER if is_sentence else kind
        self.facts: dict[str, Fact] = {"reason": kind} if is_sentence else facts
        super().__init__(kind)

    def __str__(self) -> str:
        """The line in English, for logs. The catalogue is loaded when one is wanted."""
        line: str = import_module("reader.messages.wording").word(self)
        return line

    def within(self, kind: str, /, **facts: Fact) -> Self:
        """The same failure, told with what stands around it: this one is its cause."""
        told = type(self).__new__(type(self))
        told.__dict__.update(self.__dict__)
        TingwenError.__init__(told, kind, **facts, cause=self)
        return told


class BadInput(TingwenError):
    """The caller must change what was sent."""


class BadOptions(BadInput):
    """An option has a value that cannot work."""


class UnknownVoice(BadOptions):
    """No voice has that name."""


class Withdrawn(BadInput):
    """Its publisher has withdrawn the article: it is neither given out nor made again."""


class SourceUnreadable(BadInput):
    """A file or URL that cannot be read."""


class Unreachable(SourceUnreadable):
    """A host cannot be reached, or its server is in trouble: worth another try."""


class NotPublic(Unreachable):
    """An address leads to what is not on the public internet, and nobody has opened it."""


class NoArticle(BadInput):
    """The input was read, but no article is in it."""


class Paywalled(NoArticle):
    """Only the opening is public; the rest is for subscribers."""


class VideoOnly(NoArticle):
    """The page is a video with no text to read."""


class IndexPage(NoArticle):
    """A front page or list: many headlines, no article."""


class LoginPage(NoArticle):
    """The page asks to sign in."""


class VoiceError(TingwenError):
    """The voice did not do its work."""


class VoiceMissing(VoiceError):
    """The voice is known but not installed."""


class VoiceUnavailable(VoiceError):
    """The engine cannot be reached or is overloaded: worth another try."""


class VoiceRefused(VoiceError):
    """The engine said no: another try would say no again."""


class BadAudio(VoiceError):
    """What the engine sent is not the speech that was asked for."""


class Unpronounceable(VoiceError):
    """A character has no reading that the voice could speak."""


class Incomplete(TingwenError):
    """Sentences of the article have no audio, so nothing is called ready."""


class PortTaken(TingwenError):
    """Another program listens where the service was to listen."""


class StorageError(TingwenError):
    """The cache or the disk failed."""


def facts_as_json(error: Any) -> dict[str, Any]:
    """The facts of an error of ours or of the cache, as JSON can hold them."""
    return {name: _as_json(fact) for name, fact in error.facts.items()}


def to_fields(error: Any) -> dict[str, Any]:
    """An error of ours or of the cache for another process; `from_fields` reads it."""
    return {"class": type(error).__name__, "kind": error.kind, "facts": facts_as_json(error)}


def from_fields(fields: Any) -> TingwenError:
    """The error of `to_fields`; of a class that this release does not know, a VoiceError.

    Raises KeyError, TypeError or AttributeError on what is none.
    """
    found = globals().get(fields["class"])
    is_ours = isinstance(found, type) and issubclass(found, TingwenError)
    facts = {name: _from_json(fact) for name, fact in fields["facts"].items()}
    cls: type[TingwenError] = found if is_ours and found is not None else VoiceError
    error = cls.__new__(cls)
    TingwenError.__init__(error, OTHER)
    error.kind, error.facts = str(fields["kind"]), facts
    return error


def _as_json(fact: Fact) -> Any:
    if isinstance(fact, list | tuple):
        return [_as_json(one) for one in fact]
    if isinstance(fact, bool | int | float | str) or fact is None:
        return fact
    return to_fields(fact) if hasattr(fact, "facts") else str(fact) or type(fact).__name__


def _from_json(fact: Any) -> Fact:
    if isinstance(fact, list):
        return [_from_json(one) for one in fact]
    return from_fields(fact) if isinstance(fact, dict) else fact

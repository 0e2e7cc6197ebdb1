"""Every error that this package raises on purpose, drawn as one tree.

    TingwenError
    ├─ BadInput                 the caller must change what was sent
    │  ├─ BadOptions            an option has a value that cannot work
    │  │  └─ UnknownVoice       no voice has that name
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

Each message says what happened, to which input, and what to do next, in one line.
"""

from __future__ import annotations


class TingwenError(Exception):
    """Base of all: catching it catches whatever we raise on purpose."""


class BadInput(TingwenError):
    """The caller must change what was sent."""


class BadOptions(BadInput):
    """An option has a value that cannot work."""


class UnknownVoice(BadOptions):
    """No voice has that name."""


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

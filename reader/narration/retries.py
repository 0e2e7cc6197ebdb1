"""Retries of an article: how often, and for how long, sentences that a voice failed are asked
again.

A voice has attempts of its own for each line (`reader.voices.remote`). A service that cuts every
other request still fails one line of sixteen with four of them, and so nearly every article of
forty. The article has a budget beside: more rounds for a few sentences cost little, many would
be a service that is down.
"""

from __future__ import annotations

import time
from typing import Final

from reader.errors import OTHER, BadAudio, VoiceError, VoiceUnavailable

ROUNDS_A_SENTENCE: Final = 3
"""Beyond the first: what fails four times four requests is no accident any more."""
LEAST_ROUNDS: Final = 4
SENTENCES_A_ROUND: Final = 2
PAUSE_S: Final = 0.3
LIMIT_S: Final = 60.0
"""For all rounds of an article together; the last one may end later by what a voice allows a
line (`EdgeSettings.whole_s`)."""
_HOPELESS: Final = frozenset({OTHER, "voice-rests", "broker-away", "no-worker", "sentence-lost"})
"""Unavailable for longer than a round lasts, and known to be; or a voice that is not ours, which
has said what it can."""


class Retries:
    """The budget of one article in one voice."""

    def __init__(self, n_sentences: int) -> None:
        self._n_left = max(LEAST_ROUNDS, n_sentences // SENTENCES_A_ROUND)
        self._left_s = LIMIT_S
        self._n_of_sentence = 0
        self._began_s = 0.0

    def take(self, error: VoiceError) -> bool:
        """Whether the sentence that failed with `error` may be asked once more."""
        now_s = time.monotonic()
        if not self._n_of_sentence:
            self._began_s = now_s
        may = (
            isinstance(error, VoiceUnavailable | BadAudio)
            and _innermost(error).kind not in _HOPELESS
            and self._n_left > 0
            and self._n_of_sentence < ROUNDS_A_SENTENCE
            and now_s - self._began_s < self._left_s
        )
        if may:
            self._n_left -= 1
            self._n_of_sentence += 1
        else:
            self.end_sentence()
        return may

    @property
    def pause_s(self) -> float:
        """Before the round that was taken: a service in trouble is asked less and less."""
        return PAUSE_S * self._n_of_sentence

    def end_sentence(self) -> None:
        """The sentence is spoken or given up: the next one has rounds of its own."""
        if self._n_of_sentence:
            self._left_s -= time.monotonic() - self._began_s
        self._n_of_sentence = 0


def _innermost(error: VoiceError) -> VoiceError:
    """What happened, without what was told around it."""
    while isinstance(cause := error.facts.get("cause"), VoiceError) and error.kind == "in-sentence":
        error = cause
    return error

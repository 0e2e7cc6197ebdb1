"""From what is written to what is said: the steps, in their order."""

from __future__ import annotations

import re

from reader.script import latin, silence
from reader.script.characters import HAN, fold
from reader.script.lexicon import Lexicon
from reader.script.model import Line
from reader.script.options import ScriptOptions
from reader.script.punctuation import punctuate
from reader.script.rules import apply_rules
from reader.script.taiwan import to_taiwan

_SPACE_BY_HAN = re.compile(rf"(?<=[{HAN}]) +(?=[\dA-Za-z$¥€£+-])|(?<=[\dA-Za-z%‰°]) +(?=[{HAN}])")
_HEARD = re.compile(rf"[{HAN}A-Za-z]")
_DEFAULT = ScriptOptions()


def speak_form(
    text: str, options: ScriptOptions = _DEFAULT, *, simplified: bool | None = None
) -> str:
    """What is said for `text`: Han characters, Latin, and Chinese punctuation, nothing else.

    Spoken forms are fixed points: what is said for a spoken form is that form. Empty where
    nothing is to be heard. `simplified` says that the article around it is in Simplified
    characters; left out, the text is judged by itself. Never raises.
    """
    text = to_taiwan(fold(text), simplified)
    if text.isascii() or _WRITTEN.search(text):
        text = _SPACE_BY_HAN.sub("", text)
        text = silence.without_addresses(text, options.name_addresses)
        text = silence.without_faces(text)
        text = silence.foreign_names(text, options.foreign_in_brackets == "both")
        text = latin.say_fixed(text)
        text = apply_rules(text)
        text = latin.say_words(text)
    text = punctuate(text)
    return text if _HEARD.search(text) else ""


_WRITTEN = re.compile(rf"[^{HAN}，。！？；：、「」『』—…]")


def speak(
    text: str, options: ScriptOptions, lexicon: Lexicon, *, simplified: bool | None = None
) -> Line:
    """What a voice is asked to say for `text`, with the readings that the lexicon fixes."""
    del lexicon
    return Line(speak_form(text, options, simplified=simplified))

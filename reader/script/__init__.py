"""What a newsreader would say for an article: sentences, spoken forms, pauses, readings."""

from reader.script.lexicon import Lexicon, load_lexicon
from reader.script.model import HEADLINE, Line, Reading, Script, Utterance
from reader.script.normalize import speak_form
from reader.script.options import ScriptOptions
from reader.script.sentences import split_sentences
from reader.script.write import write_script

__all__ = [
    "HEADLINE",
    "Lexicon",
    "Line",
    "Reading",
    "Script",
    "ScriptOptions",
    "Utterance",
    "load_lexicon",
    "speak_form",
    "split_sentences",
    "write_script",
]

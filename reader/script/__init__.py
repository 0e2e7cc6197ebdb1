"""What a newsreader would say for an article: sentences, spoken forms, pauses, readings.

Names are loaded on first use: voices need `Line` and none of the rules and word lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reader.lazy_names import lazy_names

if TYPE_CHECKING:
    from reader.script.from_page import PageOptions, script_from_article, script_from_page
    from reader.script.lexicon import Lexicon
    from reader.script.lexicon_file import load_lexicon
    from reader.script.model import HEADLINE, Line, Reading, Script, Utterance, require_speech
    from reader.script.normalize import speak_form
    from reader.script.options import ScriptOptions
    from reader.script.sentences import split_sentences
    from reader.script.write import write_script

__all__ = [
    "HEADLINE",
    "Lexicon",
    "Line",
    "PageOptions",
    "Reading",
    "Script",
    "ScriptOptions",
    "Utterance",
    "load_lexicon",
    "require_speech",
    "script_from_article",
    "script_from_page",
    "speak_form",
    "split_sentences",
    "write_script",
]

_MODULES: Final = {
    "HEADLINE": "model",
    "Lexicon": "lexicon",
    "Line": "model",
    "PageOptions": "from_page",
    "Reading": "model",
    "Script": "model",
    "ScriptOptions": "options",
    "Utterance": "model",
    "load_lexicon": "lexicon_file",
    "require_speech": "model",
    "script_from_article": "from_page",
    "script_from_page": "from_page",
    "speak_form": "normalize",
    "split_sentences": "sentences",
    "write_script": "write",
}
__getattr__ = lazy_names(__name__, _MODULES)

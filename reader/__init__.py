"""聽聞: an article is cleaned, scripted, spoken sentence by sentence, and stitched.

    import reader

    article = reader.read_article("page.html")     # or an address, HTML, or the text itself
    script = reader.write_script(article)           # or any of these
    narration = reader.narrate(script, "out.mp3")   # or any of these

`await reader.narrate_async(…)` does the same in an event loop. Names are loaded on first use:
`import reader` alone imports next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from reader.article.model import Article, Paragraph
    from reader.errors import TingwenError
    from reader.library.narrate import NarrateOptions, narrate, narrate_async
    from reader.library.sources import Source, SourceOptions, read_article, write_script
    from reader.narration.assembly import Progress
    from reader.narration.model import Narration
    from reader.script.model import Script, Utterance

__all__ = [
    "Article",
    "NarrateOptions",
    "Narration",
    "Paragraph",
    "Progress",
    "Script",
    "Source",
    "SourceOptions",
    "TingwenError",
    "Utterance",
    "narrate",
    "narrate_async",
    "read_article",
    "write_script",
]

_MODULES: Final = {
    "Article": "article.model",
    "NarrateOptions": "library.narrate",
    "Narration": "narration.model",
    "Paragraph": "article.model",
    "Progress": "narration.assembly",
    "Script": "script.model",
    "Source": "library.sources",
    "SourceOptions": "library.sources",
    "TingwenError": "errors",
    "Utterance": "script.model",
    "narrate": "library.narrate",
    "narrate_async": "library.narrate",
    "read_article": "library.sources",
    "write_script": "library.sources",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""`show.toml`: what a folder's show is, between one run and the next. Never served.

A flag that is given changes it; one that is forgotten changes nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from reader.errors import BadOptions
from reader.podcast.elements import ATOM, ITUNES, PODCAST, parsed
from reader.podcast.folder import FIRST_PAGE, Folder

NAME: Final = "show.toml"
DEFAULTS: Final[Mapping[str, Any]] = {
    "title": "", "base_url": "", "author": "", "email": "", "description": "", "link": "",
    "language": "zh-TW", "category": "News > Daily News", "copyright": "", "funding": "",
    "explicit": False, "locked": False, "new_feed_url": "", "txt": [], "season": 0,
    "numbered": False, "cover": "", "cover_font": "", "voice": "", "rate": 0, "fallback": True,
    "format": "mp3-44100", "disclosure": True, "digest": False, "lead_only": False, "minutes": 0,
    "per_feed": 0, "limit": 0, "page_size": 300, "intro": "", "sponsor": "", "outro": "",
    "sting": "", "sources": [],
}  # fmt: skip
"""Of a new show: what Apple and Spotify take (docs/podcast-requirements.md)."""
PATHS: Final = ("cover", "cover_font", "intro", "sponsor", "outro", "sting")
_COVERS: Final = ("cover.png", "cover.jpg")
_DRAWN: Final = ".tingwen/cover-drawn"
"""There where the artwork is ours."""
_LINE: Final = re.compile(r"^(\w+)[ \t]*=.*$", re.M)


def read_show(folder: Path) -> dict[str, Any]:
    """The settings in the folder's file; none where there is no file.

    Raises BadOptions for what is no TOML, no setting of ours, or of another type.
    """
    path = folder / NAME
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise BadOptions("show-unreadable", path=path, reason=error) from error
    for name, value in settings.items():
        wanted = DEFAULTS.get(name)
        is_texts = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if wanted is None or type(value) is not type(wanted) or (wanted == [] and not is_texts):
            raise BadOptions("show-setting-bad", path=path, name=name)
    return settings


def write_show(folder: Folder, settings: Mapping[str, Any]) -> None:
    """Write the settings that are not the defaults, or stand in the file already. What the user
    wrote beside them stays. Raises StorageError."""
    before = (folder.read(NAME) or b"").decode("utf-8", "replace")
    known = set(_LINE.findall(before))
    told = {n: v for n, v in settings.items() if n in known or v != DEFAULTS[n]}
    text = _LINE.sub(lambda m: _line(m[1], told[m[1]]) if m[1] in told else m[0], before)
    more = [_line(name, value) for name, value in told.items() if name not in known]
    if more:
        text = text.rstrip("\n") + "\n" * bool(text.strip()) + "\n".join(more) + "\n"
    try:
        is_same = tomllib.loads(text) == told
    except ValueError:
        is_same = False
    if not is_same:  # values over several lines: written plainly
        text = "".join(f"{_line(name, value)}\n" for name, value in told.items())
    folder.write(NAME, text.encode("utf-8", "replace"))


def inherited(folder: Path) -> dict[str, Any]:
    """The settings of a folder that an older release made, by its feed; none of another's."""
    state, feed = folder / ".tingwen" / "show-guid", folder / FIRST_PAGE
    if not state.is_file() or not feed.is_file():
        return {}
    channel = parsed(feed.read_bytes()).find("channel")
    if channel is None:
        return {}
    texts = {
        "title": "title", "description": "description", "link": "link", "language": "language",
        "copyright": "copyright", "author": f"{ITUNES}author",
        "email": f"{ITUNES}owner/{ITUNES}email",
    }  # fmt: skip
    found: dict[str, Any] = {n: t for n, path in texts.items() if (t := channel.findtext(path))}
    for name, default in (("description", "title"), ("author", "title")):
        if found.get(name) == found.get(default):
            found.pop(name, None)
    links = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if links:
        found["base_url"] = links[0].get("href", "").rpartition("/")[0]
    if found.get("link") == f"{found.get('base_url')}/":
        del found["link"]  # so it follows the base URL
    found |= _category(channel) | _cover(folder, channel)
    for funding in channel.findall(f"{PODCAST}funding"):
        found["funding"] = funding.get("url", "")
    newest = channel.findtext("item/guid") or ""
    record = Folder(folder).record(newest) if newest else None
    found["digest"] = record is not None and bool(record.articles)
    found["locked"] = channel.findtext(f"{PODCAST}locked") == "yes"
    found["explicit"] = channel.findtext(f"{ITUNES}explicit") == "true"
    return {**found, "format": "mp3", "disclosure": False}


def _category(channel: Any) -> dict[str, str]:
    names = [category.get("text", "") for category in channel.iter(f"{ITUNES}category")]
    return {"category": " > ".join(names[:2])} if names else {}


def _cover(folder: Path, channel: Any) -> dict[str, str]:
    """The artwork that was given: every file carries it, so another one would change them all."""
    images = [image.get("href", "") for image in channel.findall(f"{ITUNES}image")]
    name = images[0].rpartition("/")[2] if images else ""
    is_given = name in _COVERS and not (name == "cover.png" and (folder / _DRAWN).is_file())
    return {"cover": name} if is_given and (folder / name).is_file() else {}


def _line(name: str, value: Any) -> str:
    """JSON's strings, numbers, booleans and lists of them are TOML's, but for one control."""
    return f"{name} = {json.dumps(value, ensure_ascii=False)}".replace("\x7f", "\\u007f")

"""`tingwen doctor`: whether everything is there that reading aloud needs, and what to do."""

from __future__ import annotations

import argparse
import asyncio
import locale
import platform
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal
from urllib.request import getproxies

from audio_cache import Cache, format_bytes
from reader.article.proxies import parse_proxy
from reader.cli.late import load
from reader.cli.print_json import print_json
from reader.cli.status import one_line
from reader.messages.columns import width, wrapped
from reader.messages.text import say
from reader.messages.wording import Worded
from reader.narration.store import NarrationStore
from reader.voices import Voices

Verdict = Literal["ok", "note", "bad"]

_LITTLE_ROOM_BYTES: Final = 200_000_000
"""An hour of speech takes 22 MB, the weights of an embedded voice up to ten times that."""
_SIGNS: Final = {"ok": "ok  ", "note": "note", "bad": "BAD "}
_NO_CHINESE: Final = "Chinese is printed as escapes: set PYTHONUTF8=1, or LANG to a UTF-8 locale"
_ABOUT_COLUMNS: Final = 8
_FOUND_COLUMNS: Final = 84
"""What is left of 100 behind the verdict and what it is about."""
_EXTRAS: Final = (("formats", "av", "m4a, aac, 44.1 kHz"), ("check", "faster_whisper", "--check"))


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found about one thing: `bad` keeps tingwen from working, a `note` does not."""

    about: str
    verdict: Verdict
    found: str
    advice: str = ""


_Look = Callable[[], Finding | Awaitable[Finding]]


async def command(options: argparse.Namespace) -> None:
    """Print what is found; status 1 if anything is bad."""
    findings = [await _look(about, look) for about, look in _LOOKS]
    if options.network:
        findings.append(await _look("network", _network))
    if options.json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            sign = say(_SIGNS[finding.verdict])
            about = say(finding.about)
            head = f"{sign}  {about}{' ' * (_ABOUT_COLUMNS - width(about))} "
            lines = [
                *wrapped(finding.found, _FOUND_COLUMNS),
                *wrapped(finding.advice, _FOUND_COLUMNS),
            ]
            for line in lines:
                print(f"{head}{line}")
                head = " " * width(head)
    if any(finding.verdict == "bad" for finding in findings):
        raise SystemExit(1)


async def _look(about: str, look: _Look) -> Finding:
    """One thing that fails must not hide the others."""
    try:
        found = await asyncio.to_thread(look)
        return found if isinstance(found, Finding) else await found
    except Exception as error:
        name = "" if isinstance(error, Worded) else f"{type(error).__name__}: "
        return Finding(about, "bad", f"{name}{one_line(error)}")


def _program() -> Finding:
    found = f"tingwen {version('tingwen')}, Python {platform.python_version()}, {platform.system()}"
    return Finding("program", "ok", found)


def _voices() -> Finding:
    catalogue = Voices().catalogue()
    usable = [voice for voice in catalogue if voice.installed]
    embedded = [voice.name for voice in usable if not voice.needs_network]
    online = sorted({voice.name.partition(":")[0] for voice in usable if voice.needs_network})
    told = "without a network: {embedded}; with one: {online}"
    found = say(told, embedded=", ".join(embedded) or "-", online=", ".join(online))
    if embedded:
        return Finding("voices", "ok", found)
    missing = [v.name for v in catalogue if not (v.installed or v.needs_network)]
    told = "run `tingwen voices install {name}`"
    advice = "; ".join(say(told, name=name) for name in missing[:1])
    return Finding("voices", "note" if online else "bad", found, advice)


async def _cache() -> Finding:
    cache = await asyncio.to_thread(Cache.open)
    await NarrationStore(cache).check_storage()
    found = say("{location}, writable", location=cache.location)
    advice = say("make room on the disk, or set TINGWEN_CACHE to a folder on another")
    return await asyncio.to_thread(_room, Finding("cache", "ok", found, advice), cache.location)


def _room(finding: Finding, folder: str) -> Finding:
    """`finding` with the room that `folder` has; its advice stands only if that is little."""
    if not Path(folder).is_dir():  # a bucket
        return replace(finding, advice="")
    free = shutil.disk_usage(folder).free
    found = say("{found}, {size} free", found=finding.found, size=format_bytes(free))
    if free < _LITTLE_ROOM_BYTES:
        return replace(finding, found=found, verdict="bad")
    return replace(finding, found=found, advice="")


def _temporary() -> Finding:
    folder = tempfile.gettempdir()
    advice = say("make room, or set TMPDIR elsewhere")
    return _room(Finding("temp", "ok", folder, advice), folder)


def _fonts() -> Finding:
    font = load("reader.podcast.fonts:found_font")()
    if font is not None:
        found = say("covers are drawn with {font}", font=font.path.name)
        return Finding("fonts", "ok", found)
    advice = say("install Noto Sans CJK TC, or give `podcast` a --cover or a --cover-font")
    found = say("no Chinese font, so covers are drawn without a title")
    return Finding("fonts", "note", found, advice)


def _ffmpeg() -> Finding:
    path = shutil.which("ffmpeg")
    found = say("not needed (there is one: {path})", path=path) if path else say("not needed")
    return Finding("ffmpeg", "ok", found)


def _extras() -> Finding:
    missing = [(name, use) for name, module, use in _EXTRAS if find_spec(module) is None]
    if not missing:
        return Finding("extras", "ok", say("all are installed"))
    uses = ", ".join(f"{use} ({name})" for name, use in missing)
    names = ",".join(name for name, _ in missing)
    advice = say("only if you want it: pip install 'tingwen[{names}]'", names=names)
    return Finding("extras", "note", say("not installed: {uses}", uses=uses), advice)


def _locale() -> Finding:
    language = locale.getlocale()[0] or "C"
    encoding = (sys.stdout.encoding or "").lower()
    found = say("{language}, output in {encoding}", language=language, encoding=encoding or "?")
    try:
        "聽聞".encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        advice = say(_NO_CHINESE)
        return Finding("locale", "note", found, advice)
    return Finding("locale", "ok", found)


def _proxy() -> Finding:
    proxies = getproxies()
    named = [proxies[scheme] for scheme in ("https", "http", "all") if proxies.get(scheme)]
    if not named:
        return Finding("proxy", "ok", say("none is set"))
    shown = ", ".join(dict.fromkeys(str(parse_proxy(text)) for text in named))
    return Finding("proxy", "ok", say("pages are fetched through {proxy}", proxy=shown))


async def _network() -> Finding:
    """Asks the Edge service for its list: the only thing here that leaves this machine."""
    failures: list[Exception] = []
    voices = Voices()
    try:
        await voices.live_catalogue(failures.append)
    finally:
        await voices.close()
    if not failures:
        return Finding("network", "ok", say("the Edge service answers"))
    advice = say("check the network and HTTPS_PROXY; embedded voices need none")
    return Finding("network", "bad", one_line(failures[0]), advice)


_LOOKS: Final[tuple[tuple[str, _Look], ...]] = (
    ("program", _program),
    ("voices", _voices),
    ("cache", _cache),
    ("temp", _temporary),
    ("fonts", _fonts),
    ("ffmpeg", _ffmpeg),
    ("extras", _extras),
    ("locale", _locale),
    ("proxy", _proxy),
)

"""The language of who uses the command line: Traditional Chinese or English.

It is asked for in the first lines of a command: what only some systems need is imported there.
"""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from enum import Enum
from importlib import import_module
from typing import Final

VARIABLE: Final = "TINGWEN_LANG"
_LOCALES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order of POSIX: the first that is set decides."""


class Language(Enum):
    """A language of the catalogue, by its tag."""

    CHINESE = "zh-TW"
    ENGLISH = "en"


def language_of_tag(tag: str) -> Language:
    """Chinese for every tag or locale that begins with `zh`, else English."""
    return Language.CHINESE if tag.strip().lower().startswith("zh") else Language.ENGLISH


def language_of_environment(
    environment: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Language:
    """TINGWEN_LANG above all; then the locale's variables; then Windows and macOS themselves."""
    environment = os.environ if environment is None else environment
    for name in (VARIABLE, *_LOCALES):
        if environment.get(name):
            return language_of_tag(environment[name])
    system = _SYSTEMS.get(platform)
    return language_of_tag(system()) if system else Language.ENGLISH


def _of_windows() -> str:
    """The language of the user's Windows, such as `zh_TW`."""
    windll = getattr(import_module("ctypes"), "windll", None)
    if windll is None:
        return ""
    return locale.windows_locale.get(windll.kernel32.GetUserDefaultUILanguage(), "")


def _of_macos() -> str:
    """The first of the user's languages, such as `zh-Hant-TW`."""
    subprocess = import_module("subprocess")
    with suppress(OSError, subprocess.SubprocessError):
        listed = subprocess.run(
            ["/usr/bin/defaults", "read", "-g", "AppleLanguages"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=2,
            check=False,
        )
        first: str = listed.stdout.strip(' \n()",').split('"')[0]
        return first
    return ""


_SYSTEMS: Final[Mapping[str, Callable[[], str]]] = {"win32": _of_windows, "darwin": _of_macos}

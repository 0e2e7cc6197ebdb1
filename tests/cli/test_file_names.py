"""Names for files: legal everywhere, and still the title to the eye."""

from __future__ import annotations

import ntpath
import re
import sys
from pathlib import PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader.cli.file_names import MAX_BYTES, file_name


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("花蓮小站重生", "花蓮小站重生.mp3"),
        ("他說:「真的?」", "他說：「真的？」.mp3"),
        ("A/B\\C|D", "A／B＼C｜D.mp3"),
        ("  一 \n 二\t三  ", "一 二 三.mp3"),
        ("完。...", "完。.mp3"),
        ("CON", "_CON.mp3"),
        ("lpt1", "_lpt1.mp3"),
        ("con.tar", "_con.tar.mp3"),
        ("Contact", "Contact.mp3"),
        ("..", "tingwen.mp3"),
        ("-o x", "o x.mp3"),
        ("\u202e反", "反.mp3"),
        ("👨‍👩‍👧 家", "👨‍👩‍👧 家.mp3"),
        ("", "tingwen.mp3"),
    ],
)
def test_names_as_they_should_be(title: str, name: str) -> None:
    assert file_name(title, ".mp3") == name


def is_reserved(name: str) -> bool:
    """Whether Windows keeps the name for a device."""
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(name)
    return PureWindowsPath(name).is_reserved()


@given(st.text(st.characters(), max_size=300))
@example("新" * 300)
@example("nul ." * 2)
@example("a" * 195 + " . 新")
@example("e" * 195 + "\u0301" * 9)
def test_every_title_gives_a_legal_name(title: str) -> None:
    name = file_name(title, ".mp3")
    assert name.endswith(".mp3")
    assert len(name.encode()) <= MAX_BYTES + 1
    assert not re.search(r'[\x00-\x1f\x7f<>:"/\\|?*]', name)
    assert not name.startswith((".", "-", " ")) and not name.removesuffix(".mp3").endswith(
        (".", " ")
    )
    assert not is_reserved(name)

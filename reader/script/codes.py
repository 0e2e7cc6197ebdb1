"""Numbers that identify: how models, addresses, telephones and what is numbered are said."""

from __future__ import annotations

import re

from reader.script import numbers


def dotted(text: str) -> str:
    """'127.0.0.1' is 一二七點零點零點一; '18.2.1' is 十八點二點一."""
    parts = text.split(".")
    say = numbers.digits if len(parts) == 4 else numbers.number
    return "點".join(say(part) for part in parts)


def code_with_check(text: str) -> str:
    """'201820937410.2' is digit by digit, its check digit after 點."""
    return numbers.digits(text).replace(".", "點")


def spelled(text: str) -> str:
    """Letters set apart by spaces, digits in Chinese: 'AB12' is A B一二."""
    letters = re.sub(r"(?<=[A-Za-z])(?=[A-Za-z])", " ", text.upper())
    return numbers.digits(letters)


def model(text: str) -> str:
    """The number in a model's name: two digits and round hundreds as a number, else digits."""
    if "." in text or len(text) <= 2 or (text.endswith("00") and len(text) <= 4):
        return numbers.number(text) if not text.startswith("0") else numbers.digits(text)
    return numbers.digits(text)


def digit_list(text: str) -> str:
    """'257、810' is 二五七、八一零, '8501~8506' 八五零一到八五零六."""
    return numbers.digits(text.translate(_JOINTS))


_JOINTS = str.maketrans({"，": "、", "/": "、", "~": "到", "-": "到"})


_RATING = re.compile(
    r"(?<![A-Za-z\d-])((?:tw|TW)?(?:A{1,3}|B{1,3}|C{1,3}))([-+])"
    r"(?![A-Za-z\d+-]|\s?[股棟區型座館組隊班店室超])",
    re.ASCII,
)


def rating_signs(text: str) -> str:
    """'A-、BBB-' of a sentence on ratings is A減、BBB減."""
    return _RATING.sub(lambda match: spelled(match[1]) + ("減" if match[2] == "-" else "加"), text)


_GROUPS = (
    re.compile(r"(09\d\d|08\d\d)(\d{3})(\d{3})"),  # mobile or free of charge
    re.compile(r"(0[2-8])(\d{4})(\d{4})"),  # area code and eight digits
    re.compile(r"(0[2-8])(\d{3})(\d{4})"),  # area code and seven digits
    re.compile(r"(\d{4})(\d{4})"),
    re.compile(r"(\d{3})(\d{4})"),
)
_NOT_TAIWAN = re.compile(r"01|1[3-9]\d{9}")
"""Area codes and mobiles of the Mainland: how they are grouped there is left to the voice."""


def telephone(text: str) -> str:
    """'0912-345-678' in its groups, 零九一二、三四五、六七八; unbroken, in the usual ones."""
    blocks = re.findall(r"\d+", text)
    if _NOT_TAIWAN.match("".join(blocks)):
        return numbers.digits("".join(blocks))
    groups: list[str] = []
    for block in blocks:
        groups += next((m.groups() for p in _GROUPS if (m := p.fullmatch(block))), (block,))
    return "、".join(numbers.digits(group) for group in groups)


def numbered(text: str) -> str:
    """'No.5' is 五號, 'No.318' 編號三一八: what is numbered, not what is first."""
    n = re.sub(r"\D", "", text)
    return "編號" + numbers.digits(n) if len(n) > 2 else numbers.number(n) + "號"

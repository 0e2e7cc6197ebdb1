"""Sentences, by one convention.

A sentence ends after 。！？, after …… and at a line break, together with the closing quotes
and brackets that follow. Inside quotes, brackets and titles it does not end, unless the quote
is longer than a breath. A sentence that ends in 。」 ends there unless a verb of saying
follows: 「好。」他說。 is one sentence; 他說：「好。」她說不行。 are two, for the first quote has
its verb already. ； joins: it is a place to cut (clauses.py), not an end. A Latin full stop
ends a sentence after a Han character, or after a word where another sentence begins; never
in 3.5, No. 5 or U.S.

Nothing is lost: the sentences joined are the text, white space included.
"""

from __future__ import annotations

import re

LONG_QUOTE_CHARS = 120
"""A quote over this length has more than one breath in it: its own stops end sentences."""

_PAIRS = dict(zip("「『“‘（(《〈【〔", "」』”’）)》〉】〕", strict=True))
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_HAN = "\u3400-\u9fff"
_END = re.compile(
    r"(?P<line>[\r\n\u2028\u2029]\s*)"
    r"|(?:[。！？｡]|(?<=[^\x00-\x7f])[!?](?![A-Za-z0-9=&/])|[!?](?=[\s」』”’）)\"]|$)|(?<!Yahoo)[!?](?=[^\x00-\x7f])"
    rf"|…{{2,}}|⋯{{2,}}|\.{{6,}}|(?<=[{_HAN}」』”）)])\.(?![.\dA-Za-z])"
    rf"|(?<=[a-z]{{3}})\.(?=[ \u3000]+[A-Z]|\s*[{_HAN}「“]|\s*$))[。！？｡!?…⋯]*",
)
_ABBREVIATION = re.compile(
    r"(?:Corp|Inc|Ltd|Prof|Gen|Sen|Gov|Rep|Dept|Univ|Capt|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
    r"|vol|fig|approx|est|Bros|Mrs|Ave|Blvd|Hon)$"
)
_URL = re.compile(r"(?:https?://|www\.)[\w\-./?%&=#~+:@,;!$]+", re.ASCII)
_SAYING = re.compile(
    rf"\s*[{_HAN}A-Za-z‧·．•\s]{{0,14}}?"
    r"(?:說道?|說著|表示|指出|強調|認為|寫道|寫著|問道?|答道?|回答|回應|坦言|直言|笑說|笑道|喊道?|怒喊|大喊|高喊|呼籲"
    r"|透露|解釋|補充|感嘆|批評|抱怨|告訴[^，。]{1,6}|说道?|指称|指稱|透露|宣布|提醒|重申|聲稱|反問|嘆道?|叫道?|罵道?)"
    r"(?=[。，,！!；]|$)"
)
_INTRODUCED = re.compile(r"[：:，,]\s*$")
_INTERJECTION = re.compile(r"\s*[「『“]?[啊唉哎哇喂噢喔嘿哼呸咦嗨欸誒][！!，～~]*[」』”]?\s*$")
_HEARD = re.compile(rf"[\w{_HAN}]")


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`; joined, they are the text. White space stays at their ends."""
    ends = _ends(text)
    pieces = [text[a:b] for a, b in zip([0, *ends], [*ends, len(text)], strict=True) if a < b]
    return _with_neighbours(pieces)


def _ends(text: str) -> list[int]:
    """Where sentences end, in rising order, without the end of the text."""
    closing = _matches(text)
    inside = _find_covered(text, closing)
    ends = []
    for match in _END.finditer(text):
        at = match.start()
        if match["line"] is not None:
            ends.append(match.end())
            continue
        if match.group().startswith(".") and _ABBREVIATION.search(text, max(0, at - 8), at):
            continue
        end = _end_of(text, match.end(), closing, inside)
        if end is not None and (not ends or end > ends[-1]):
            ends.append(end)
    return ends


def _end_of(text: str, end: int, closing: dict[int, int], inside: list[int]) -> int | None:
    """The end of the sentence that stops before `end`; None where it goes on."""
    opener = -1
    while end < len(text) and end in closing:
        opener = closing[end]
        end += 1
    if end < len(text) and opener < 0 and text[end] in "」』）)》】":
        end += 1
    if end < len(text) and (text[end] in "，、；：,;" or (inside[end - 1] and inside[end])):
        return None
    if end < len(text) and opener >= 0 and _is_embedded(text, opener, end):
        return None
    if (
        opener >= 0
        and _SAYING.match(text, end)
        and not _INTRODUCED.search(text, max(0, opener - 3), opener)
    ):
        return None
    while end < len(text) and text[end] in " \t\u3000\u00a0":
        end += 1
    return end


def _is_embedded(text: str, opener: int, end: int) -> bool:
    """Whether what closes before `end` is a part of its sentence, not the end of it.

    A title always is (《為什麼？》出版); a question or cry is where no mark leads to it
    (他問「為什麼？」卻沒人回答).
    """
    if text[end - 1] in "》〉":
        return True
    led_to = opener == 0 or not _HEARD.match(text[opener - 1])
    return not led_to and text[end - 2] in "？！?!" and bool(_HEARD.match(text[end]))


def _matches(text: str) -> dict[int, int]:
    """Where each quote or bracket closes, to where it opens; none across lines."""
    closing: dict[int, int] = {}
    stack: list[int] = []
    straight = -1
    for match in re.finditer(r"[「『“‘（(《〈【〔」』”’）)》〉】〕\"\r\n]", text):
        char, at = match.group(), match.start()
        if char in "\r\n":
            stack, straight = [], -1
        elif char == '"':
            if straight >= 0:
                closing[at] = straight
                straight = -1
            else:
                straight = at
        elif char in _PAIRS:
            stack.append(at)
        else:
            found = next(
                (k for k in range(1, min(len(stack), 8) + 1) if text[stack[-k]] == _CLOSERS[char]),
                0,
            )
            if found:
                closing[at] = stack[-found]
                del stack[-found:]
    return closing


def _find_covered(text: str, closing: dict[int, int]) -> list[int]:
    """For each character how many short quotes, brackets and addresses it stands inside."""
    steps = [0] * (len(text) + 1)
    for closer, opener in closing.items():
        if closer - opener <= LONG_QUOTE_CHARS:
            steps[opener] += 1
            steps[closer] -= 1
    for match in _URL.finditer(text) if "/" in text or "www." in text else ():
        steps[match.start()] += 1
        steps[match.end() - 1] -= 1
    depth, depths = 0, []
    for step in steps:
        depth += step
        depths.append(depth)
    return depths


def _with_neighbours(pieces: list[str]) -> list[str]:
    """An interjection goes with what follows, a piece without words with what precedes."""
    sentences: list[str] = []
    for piece in pieces:
        joins_back = not _HEARD.search(piece)
        joins_on = bool(sentences) and bool(_INTERJECTION.fullmatch(sentences[-1]))
        if sentences and (joins_back or joins_on):
            sentences[-1] += piece
        else:
            sentences.append(piece)
    return sentences

"""No line of text ends in a runtime's error: a voice speaks it, or says what of it cannot be
spoken."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable

import pytest

from reader.article import Article, Paragraph
from reader.errors import Unpronounceable
from reader.script import write_script
from reader.voices import Prosody, Voice
from reader.voices.baker import BakerVoice
from reader.voices.kokoro import KokoroVoice
from tests.fuzzing import chance_of, n_cases

LONG = (
    "A",
    "a",
    "哈",
    "W",
    "9",
    "ATCG",
    "Zażółć",
    "ㄅ",
    "ㄚㄧㄨ",
    "。，",
    "…",
    "㎡",
    "Ⅷ",
    "①",
    "½",
)
BLOCKS = (
    (0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x4FF), (0x590, 0x6FF), (0xE00, 0xE7F), (0x2000, 0x2BFF),
    (0x3000, 0x30FF), (0x3105, 0x312F), (0x3200, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xAC00, 0xAD00), (0xE000, 0xE0FF), (0xF900, 0xFAFF), (0xFE30, 0xFFEF), (0x1D400, 0x1D7FF),
    (0x1F000, 0x1FAFF), (0x20000, 0x2A6DF), (0x30000, 0x30100),
)  # fmt: skip


def line_of(case: int) -> str:
    """News with something in it that nobody meant for a voice."""
    chance = chance_of(case, "line")
    kind = chance.randrange(5)
    if kind == 0:
        odd = chance.choice(LONG) * chance.randrange(1, 121)
    elif kind == 1:
        odd = "".join(random_character(chance) for _ in range(chance.randrange(1, 60)))
    elif kind == 2:
        odd = f"{chance.randrange(10**12)}{chance.choice('㎡㎏℃%‰°瓩′″㏄㎞㍿㊣')}"
    elif kind == 3:
        odd = "".join(chance.choice(LONG) for _ in range(chance.randrange(1, 20)))
    else:
        odd = f"{chance.choice('五百零兩')}{chance.choice('㎡㎏㎞瓩哩呎')}" * chance.randrange(
            1, 30
        )
    return chance.choice(["{}", "氣象署表示{}，明天放晴。", "今天{}", "{}今天"]).format(odd)


def random_character(chance: random.Random) -> str:
    first, last = chance.choice(BLOCKS)
    return chr(chance.randint(first, last))


OpenVoice = Callable[[], Voice]


@pytest.fixture
async def open_voice(
    embedded_voice: None,  # noqa: ARG001
) -> AsyncIterator[OpenVoice]:
    opened: list[Voice] = []

    def open_it() -> Voice:
        opened.append(BakerVoice())
        return opened[-1]

    yield open_it
    for voice in opened:
        await voice.close()


async def speak_all(voice: Voice, n: int) -> int:
    """How many lines are spoken; what is refused is refused for its characters."""
    n_spoken = 0
    for case in range(n):
        text = line_of(case)
        article = Article(title="", paragraphs=(Paragraph(text),))
        for utterance in write_script(article).utterances:
            if not utterance.spoken:
                continue
            try:
                clip = await voice.speak(utterance.line, Prosody())
            except Unpronounceable:
                continue
            n_spoken += 1
            assert clip.duration_s > 0, (case, text)
    return n_spoken


@pytest.mark.fuzz
@pytest.mark.timeout(0)
async def test_baker_speaks_any_line(open_voice: OpenVoice) -> None:
    assert await speak_all(open_voice(), n_cases(5)) > 1


@pytest.mark.fuzz
@pytest.mark.slow
@pytest.mark.timeout(0)
@pytest.mark.usefixtures("kokoro_voice")
async def test_kokoro_speaks_any_line() -> None:
    voice = KokoroVoice()
    assert await speak_all(voice, n_cases(5)) > 1
    await voice.close()

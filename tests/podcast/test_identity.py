"""Who an article is: by canonical link, by og:url, by its words; never by a file's name alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import Page
from reader.errors import BadOptions
from reader.podcast import Folder, Show
from reader.podcast.likeness import are_numbers_different, sketch_of
from reader.podcast.page_address import canonical_link
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import contents, make, write_article

STORM = ("颱風逼近北台灣", "中央氣象署今天發布海上颱風警報，提醒民眾嚴防豪雨。各地明天照常上班。")
GAME = ("職棒總冠軍賽開打", "兩隊今晚在大巨蛋交手，門票早已銷售一空，球迷一早就在場外排隊。")


def write(path: Path, title: str, text: str, head: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    page = f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
    page += f"<article><h1>{title}</h1><p>{text}</p></article></body></html>"
    path.write_text(page, encoding="utf-8")
    return path


def guids(out: Path) -> dict[str, str]:
    return {record.title: record.guid for record in Folder(out).records()}


async def test_another_text_under_the_same_name_is_another_episode(tmp_path: Path) -> None:
    out, today = tmp_path / "out", tmp_path / "today.html"
    await make(out, write(today, *STORM), voice=Tone())
    first = contents(out / "episodes")
    await make(out, write(today, *GAME), voice=Tone())
    assert set(guids(out)) == {STORM[0], GAME[0]}
    assert contents(out / "episodes").items() >= first.items(), "yesterday's files are untouched"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (STORM[0], STORM[1].replace("明天", "後天")),
        ("颱風逼近北台灣　各校停課", STORM[1]),
        (STORM[0], "氣象署傍晚解除警報。颱風已經遠離，陸上不再受影響。"),
    ],
)
async def test_an_edit_is_the_same_episode(tmp_path: Path, title: str, text: str) -> None:
    out, today = tmp_path / "out", tmp_path / "today.html"
    await make(out, write(today, *STORM), voice=Tone())
    (before,) = guids(out).values()
    await make(out, write(today, title, text), voice=Tone())
    assert list(guids(out).values()) == [before]


async def test_the_canonical_link_goes_before_og_url_and_the_words(tmp_path: Path) -> None:
    head = (
        '<link rel="canonical" href="https://n.example/a/1">'
        '<meta property="og:url" content="https://n.example/amp/{}">'
    )
    out = tmp_path / "out"
    await make(out, write(tmp_path / "a.html", *STORM, head.format(1)), voice=Tone())
    await make(out, write(tmp_path / "b.html", *GAME, head.format(2)), voice=Tone())
    assert list(guids(out)) == [GAME[0]], "one address, one episode"
    own = '<meta property="og:url" content="https://n.example/b/{}">'
    for n in (1, 2):
        title = f"第{n}則" + STORM[0]
        await make(out, write(tmp_path / "c.html", title, STORM[1], own.format(n)), voice=Tone())
    assert len(guids(out)) == 3


async def test_a_file_that_was_renamed_is_the_same_episode(tmp_path: Path) -> None:
    out = tmp_path / "out"
    await make(out, write(tmp_path / "a.html", *STORM), voice=Tone())
    voice = Counted(Tone())
    outcome = await make(out, write(tmp_path / "old" / "b.html", *STORM), voice=voice)
    assert (outcome.n_known, len(guids(out)), voice.said) == (1, 1, [])


async def test_what_an_older_release_made_keeps_its_guid(tmp_path: Path) -> None:
    """Its records know no words: the transcript does."""
    from reader.podcast.identity import episode_guid

    out, page = tmp_path / "out", write_article(tmp_path, 1)
    await make(out, page, voice=Tone())
    (record,) = Folder(out).records()
    old = record.to_json().decode().replace(record.guid, episode_guid(page.name))
    for name in ("words", "sketch", "source", "narration"):
        old = old.replace(f'"{name}": "{getattr(record, name)}"', f'"{name}": ""')
    (out / ".tingwen" / "episodes" / f"{record.guid}.json").unlink()
    Folder(out).keep_state(f"episodes/{episode_guid(page.name)}.json", old.encode())
    write_article(tmp_path, 1, text="更正：第1號列車其實晚了一分鐘，站長向旅客鞠躬致歉。")
    await make(out, page, voice=Tone())
    assert list(guids(out).values()) == [episode_guid(page.name)]


async def test_a_missing_file_is_mended_though_its_source_is_not_given(tmp_path: Path) -> None:
    out = tmp_path / "out"
    await make(out, write_article(tmp_path, 1), voice=Tone())
    before = contents(out / "episodes")
    for path in (out / "episodes").iterdir():
        path.unlink()
    outcome = await make(out, write_article(tmp_path, 2), voice=Tone())
    assert outcome.n_mended == 1
    assert "written again" in str(outcome.notes[-1])
    assert contents(out / "episodes").items() >= before.items(), "byte for byte"


async def test_what_can_not_be_mended_is_told_and_not_listed(tmp_path: Path) -> None:
    out = tmp_path / "out"
    await make(out, write_article(tmp_path, 1), voice=Tone(), cache=str(tmp_path / "c"))
    next((out / "episodes").glob("*.mp3")).unlink()
    outcome = await make(out, write_article(tmp_path, 2), voice=Tone(), cache="memory://")
    assert outcome.n_listed == 1
    (failure,) = outcome.failures
    assert "missing" in str(failure.error)


async def test_days_without_a_time_keep_their_order(tmp_path: Path) -> None:
    head = '<meta property="article:published_time" content="2026-05-09">'
    pages = [
        write(tmp_path / f"{n}.html", f"{at}的消息", f"{at}市今天{at * 3}，市民說{at}。" * 2, head)
        for n, at in enumerate(("台北", "新竹", "台中", "高雄"))
    ]
    out = tmp_path / "out"

    def listed() -> list[tuple[str, str]]:
        found = sorted(Folder(out).records(), key=lambda r: r.published, reverse=True)
        return [(record.title, record.published) for record in found]

    await make(out, *pages[:3], voice=Tone())
    first = listed()
    assert [title for title, _ in first] == ["台北的消息", "新竹的消息", "台中的消息"]
    assert len({moment for _, moment in first}) == 3
    await make(out, pages[3], pages[2], pages[0], voice=Tone())
    assert listed()[1:] == first, "and what comes later is newer"
    assert listed()[0][0] == "高雄的消息"


@pytest.mark.parametrize(
    ("given_", "base"),
    [
        ("https://a.example/my show/", "https://a.example/my%20show"),
        ("https://a.example/節目", "https://a.example/%E7%AF%80%E7%9B%AE"),
        ("https://a.example/%E7%AF%80", "https://a.example/%E7%AF%80"),
        ("https://例子.台灣/x", "https://xn--fsqu00a.xn--kpry57d/x"),
        ("HTTPS://a.example:8443", "https://a.example:8443"),
        ("https://a.example/100%", "https://a.example/100%25"),
        ("https://[::1]:8/x", "https://[::1]:8/x"),
        ("https://my_pod.example./x", "https://my_pod.example./x"),
    ],
)
def test_the_base_url_is_encoded(given_: str, base: str) -> None:
    assert Show("x", given_).url_of("feed.xml") == f"{base}/feed.xml"


@pytest.mark.parametrize(
    "url",
    [
        "https://a.example/?x", "https://a.example/#x", "https://a.example/?", "https://[/",
        "https://u:p@a.example", "https://a b.example", "https://a.example:x", "https://",
        "https://a..example", "https://-a.example", "https://a<b.example", f"https://{'a' * 64}.tw",
    ],
)  # fmt: skip
def test_a_base_url_that_no_file_can_follow_is_refused(url: str) -> None:
    with pytest.raises(BadOptions, match="base-url"):
        Show("x", url)


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<link href="/a/1" rel="canonical">', "https://n.example/a/1"),
        (
            "<LINK REL='Canonical' HREF='https://o.example/b?x=1&amp;y=2'/>",
            "https://o.example/b?x=1&y=2",
        ),
        ('<link rel="canonical" href="/">', ""),
        ('<link rel="canonical" href="https://[/">', ""),
        ('<link rel="alternate" href="/a">', ""),
        ('<link rel="canonical">', ""),
    ],
)
def test_the_canonical_link_of_a_page(link: str, found: str) -> None:
    page = Page(f"<html><head>{link}</head></html>".encode(), url="https://n.example/")
    assert canonical_link(page) == found


@given(st.text(max_size=300), st.text(max_size=300))
def test_likeness_is_a_share(one: str, other: str) -> None:
    first, second = sketch_of("", [one]), sketch_of("", [other])
    assert 0 <= first.likeness(second) == second.likeness(first) <= 1
    assert first.likeness(sketch_of("", [f" {one}。"])) == 1


def test_bulletins_by_a_template_are_told_apart_by_their_numbers() -> None:
    assert are_numbers_different("第1號列車", "第2號列車")
    assert not are_numbers_different("3人受傷", "三人受傷")

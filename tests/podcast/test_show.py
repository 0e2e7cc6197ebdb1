"""The show in its folder: show.toml, the verbs that look after it, what directories ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import mutagen.mp3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from reader.cli.arguments import parse
from reader.cli.dispatch import run
from reader.cli.podcast import podcast_options
from reader.cli.show_settings import settings_from
from reader.errors import BadOptions
from reader.mpeg import encode_pcm
from reader.podcast import Folder
from reader.podcast.elements import ITUNES, PODCAST, parsed
from reader.podcast.show_file import DEFAULTS, read_show, write_show
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import SHOW, contents, make, write_article
from tests.podcast.test_identity import GAME, STORM, write
from tests.sound import decoded, mp3val_complaints

BASE = ("--title", "慢車", "--base-url", "https://pod.example/慢 車")


def feed(out: Path) -> object:
    return parsed((out / "feed.xml").read_bytes()).find("channel")


def test_a_forgotten_flag_changes_nothing_and_a_given_one_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "show")
    assert (
        run(["podcast", "init", "a.html", "--out", out, *BASE, "--author", "甲", "--locked"]) == 0
    )
    assert run(["podcast", "init", "--out", out, *BASE]) == 2
    capsys.readouterr()
    kept = settings_from(parse(["podcast", "x.html", "--out", out]))
    assert (kept["author"], kept["locked"], kept["title"]) == ("甲", True, "慢車")
    assert capsys.readouterr().err == ""
    changed = settings_from(parse(["podcast", "x.html", "--out", out, "--author", "乙"]))
    assert changed == {**kept, "author": "乙"}
    told = capsys.readouterr().err
    assert "甲" in told
    assert "乙" in told


def test_a_new_show_discloses_that_a_machine_speaks(tmp_path: Path) -> None:
    options = parse(["podcast", "x.html", "--out", str(tmp_path), *BASE])
    chosen = podcast_options(options, settings_from(options))
    assert chosen.disclosure
    assert chosen.format == "mp3-44100"
    assert not chosen.show.locked
    assert chosen.show.base_url == "https://pod.example/%E6%85%A2%20%E8%BB%8A"


async def test_the_folder_of_an_older_release_keeps_its_ways(tmp_path: Path) -> None:
    out = tmp_path / "out"
    picture = tmp_path / "mine.jpg"
    Image.new("RGB", (1500, 1500)).save(picture)
    await make(
        out, write_article(tmp_path, 1), voice=Tone(), cover=picture,
        show=replace(SHOW, locked=True, category="Sports", subcategory="Running"),
    )  # fmt: skip
    options = parse(["podcast", "x.html", "--out", str(out), *BASE])
    chosen = podcast_options(options, settings_from(options))
    assert (chosen.format, chosen.disclosure, chosen.show.locked) == ("mp3", False, True)
    assert chosen.show.email == SHOW.email
    assert (chosen.show.category, chosen.show.subcategory) == ("Sports", "Running")
    assert chosen.show.funding_url == SHOW.funding_url
    assert chosen.show.link == "", "it moves with the show"
    before = contents(out / "episodes")
    again = await make(
        out, tmp_path / "news0001.html", voice=Tone(), show=replace(chosen.show, title=SHOW.title),
        cover=chosen.cover,
    )  # fmt: skip
    assert again.n_known == 1
    assert contents(out / "episodes") == before, "the given artwork is kept, and so is the sound"
    assert not chosen.digest


async def test_the_folder_of_an_older_digest_goes_on_as_one(tmp_path: Path) -> None:
    out, pages = tmp_path / "out", [write_article(tmp_path, n) for n in (1, 2)]
    await make(out, *pages, voice=Tone(), digest=True, digest_date="2026-05-04")
    options = parse(["podcast", "x.html", "--out", str(out)])
    chosen = podcast_options(options, settings_from(options))
    assert chosen.digest
    assert chosen.cover is None, "what we drew is drawn anew with the title"


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs"])), st.lists(st.text(max_size=9), max_size=3))
def test_whatever_is_written_is_read_again(tmp_path: Path, text: str, sources: list[str]) -> None:
    wanted = {"title": text, "sources": [s.encode("utf-8", "replace").decode() for s in sources]}
    folder = Folder(tmp_path)
    write_show(folder, {**DEFAULTS, **wanted})
    assert {**DEFAULTS, **read_show(tmp_path)} == {**DEFAULTS, **wanted}


def test_what_the_user_wrote_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text('# 我的\ntitle = "甲"  \nseason = 1\n', encoding="utf-8")
    write_show(Folder(tmp_path), {**DEFAULTS, "title": "乙", "season": 1, "author": "丙"})
    text = (tmp_path / "show.toml").read_text(encoding="utf-8")
    assert text == '# 我的\ntitle = "乙"\nseason = 1\nauthor = "丙"\n'


@pytest.mark.parametrize("text", ["title = ", "titel = 'x'", "title = 1", "sources = [1]"])
def test_a_file_that_is_wrong_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "show.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadOptions, match=r"show\.toml"):
        read_show(tmp_path)


async def test_what_is_removed_stays_away_until_it_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, page = tmp_path / "out", write(tmp_path / "storm.html", *STORM)
    game = write(tmp_path / "game.html", *GAME)
    await make(out, page, game, voice=Tone())
    assert await command("remove", STORM[0], "--out", str(out)) == 0
    assert [item.findtext("title") for item in feed(out).findall("item")] == [GAME[0]]  # type: ignore[attr-defined]
    assert len([*(out / "episodes").glob("*.mp3")]) == 1, "its sound is gone"
    again = await make(out, page, game, voice=Tone())
    assert again.n_listed == 1
    assert "removed" in str(again.notes[0])
    assert await command("remove", "no such", "--out", str(out)) == 2
    assert await command("add", str(page), "--out", str(out)) == 0
    assert (await make(out, page, game, voice=Tone())).n_listed == 2
    capsys.readouterr()
    assert await command("list", "--out", str(out), "--json") == 0
    assert {e["title"] for e in json.loads(capsys.readouterr().out)} == {STORM[0], GAME[0]}


async def test_check_tells_what_a_directory_would_refuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "show"
    assert await command("init", "--out", str(out), *BASE) == 0
    with pytest.raises(SystemExit, match="1"):
        await command("check", "--out", str(out))
    told = capsys.readouterr().out
    assert "--email" in told
    assert "empty feed" in told


async def command(*words: str) -> int:
    """One of the verbs, in this process."""
    import asyncio

    return await asyncio.to_thread(run, ["podcast", *words])


async def test_sound_as_hosts_ask_for_it(tmp_path: Path) -> None:
    out, page = tmp_path / "out", write_article(tmp_path, 1)
    await make(tmp_path / "plain", page, voice=Tone())
    await make(out, page, voice=Tone(), format="mp3-44100")
    (audio,), (plain,) = ((o / "episodes").glob("*.mp3") for o in (out, tmp_path / "plain"))
    assert mp3val_complaints(audio) == []
    info = mutagen.mp3.MP3(audio).info
    assert (info.sample_rate, info.channels) == (44_100, 1)
    assert info.length == pytest.approx(mutagen.mp3.MP3(plain).info.length, abs=0.05)
    kept = await make(out, page, voice=Tone())
    assert kept.n_known == 1, "what the folder holds keeps its format"


async def test_no_empty_feed(tmp_path: Path) -> None:
    outcome = await make(tmp_path / "out", tmp_path / "no.html", voice=Tone())
    assert outcome.n_listed == 0
    assert not (tmp_path / "out" / "feed.xml").exists()


async def test_all_that_a_show_can_say(tmp_path: Path) -> None:
    show = replace(
        SHOW, new_feed_url="https://new.example/f.xml", txt=("verify: a:b", "plain"), season=2,
        numbered=True, locked=True,
    )  # fmt: skip
    out = tmp_path / "out"
    await make(
        out, write_article(tmp_path, 1), write_article(tmp_path, 2), voice=Tone(), show=show,
        disclosure=True,
    )  # fmt: skip
    channel = feed(out)
    assert channel.findtext(f"{ITUNES}new-feed-url") == "https://new.example/f.xml"  # type: ignore[attr-defined]
    txt = [(t.get("purpose"), t.text) for t in channel.findall(f"{PODCAST}txt")]  # type: ignore[attr-defined]
    assert txt == [("verify", "a:b"), (None, "plain")]
    items = channel.findall("item")  # type: ignore[attr-defined]
    assert [i.findtext(f"{ITUNES}episode") for i in items] == ["2", "1"]
    assert {i.findtext(f"{PODCAST}season") for i in items} == {"2"}
    for place in (channel, *items):
        assert "本音檔由語音合成" in place.findtext("description")


async def test_a_digest_tells_a_story_once_in_so_many_minutes(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write(news / "1.html", *GAME)
    write(news / "2.html", *STORM)
    write(news / "3.html", f"{STORM[0]}了", f"{STORM[1]}氣象署下午會再說明。")
    out = tmp_path / "out"
    await make(out, news, voice=Tone(), digest=True, digest_date="2026-05-04")
    (record,) = Folder(out).records()
    titles = [chapter.title for chapter in record.articles]
    assert titles == ["開場", f"{STORM[0]}了", GAME[0]], "what two report comes first, once"


async def test_a_sting_is_heard_between_stories_and_times_follow_it(tmp_path: Path) -> None:
    news, sting = tmp_path / "news", tmp_path / "sting.mp3"
    write(news / "1.html", *GAME)
    write(news / "2.html", *STORM)
    sting.write_bytes(encode_pcm(bytes(2 * 24_000)))
    lengths, starts = [], []
    for name, given_ in (("a", None), ("b", sting)):
        await make(
            tmp_path / name, news, voice=Tone(), digest=True, digest_date="2026-05-04", sting=given_
        )
        (record,) = Folder(tmp_path / name).records()
        audio = tmp_path / name / record.path(".mp3")
        assert mp3val_complaints(audio) == []
        lengths.append(len(decoded(audio)) / 24_000)
        starts.append([chapter.start_s for chapter in record.articles])
    more = lengths[1] - lengths[0]
    assert more == pytest.approx(1.5, abs=0.15)
    assert starts[1][1] == starts[0][1]
    assert starts[1][2] - starts[0][2] == pytest.approx(more, abs=0.05)

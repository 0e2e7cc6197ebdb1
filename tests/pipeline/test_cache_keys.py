"""Cache keys: what makes two sounds the same, field by field.

The golden keys are literal. A change that moves one makes every cache in the world speak again:
raise the schema number with it, write the new key here, and say so in CHANGELOG.md.
"""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.work.pending_requests import PendingRequests
from audio_cache import Cache
from audio_cache.layout import SCHEMA as STORE_SCHEMA
from audio_cache.layout import path_of
from reader.loudness import LoudnessTarget
from reader.mpeg import silence
from reader.narration.narrator import Narrator, ReadOptions
from reader.narration.spots import NO_SPOTS, Spot, SpotMaker, Spots
from reader.podcast.chapters import ChapterStart
from reader.podcast.episode import Episode, Frame, Picture, fingerprint
from reader.podcast.likeness import Sketch
from reader.podcast.options import Show
from reader.script import HEADLINE, Line, Reading, Script, Utterance
from reader.synthesis import cache_keys
from reader.synthesis.cache_keys import clip_key, narration_id
from reader.synthesis.in_process import Urgency
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Tone, voices


class Named:
    """A voice that is only its name and version."""

    def __init__(self, name: str = "baker", version: str = "4") -> None:
        self.name, self.version = name, version

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        raise AssertionError((line, prosody))

    async def close(self) -> None:
        """Nothing to let go of."""


READING = Reading(0, 1, ("shan4",))
LINE = Line("單小姐說：", (READING,))
UTTERANCE = Utterance(1, 0, "單小姐說：", "單小姐說：", 300, (READING,))
SCRIPT = Script(
    title="天氣",
    byline="記者單小姐",
    published="2026-03-12T08:00:00+08:00",
    paragraphs=("單小姐說：",),
    utterances=(Utterance(0, HEADLINE, "天氣", "天氣", 900), UTTERANCE),
    site="中央社",
    url="https://example.org/1",
)
PROSODY = Prosody(rate_percent=10)
LOUDNESS = LoudnessTarget()
EPISODE = Episode(
    guid="7c0e6a3e-0000-4000-8000-000000000000",
    script=SCRIPT,
    published="2026-03-12T08:00:00+08:00",
    lead="單小姐說：",
    link="https://example.org/1",
    marks=(ChapterStart(None, "天氣"),),
    order=1,
)
INTRO, OUTRO, STING = (Spot(digit * 64) for digit in "123")
FRAME = Frame(
    Show("今日新聞", "https://example.org/show", subcategory=""),
    b"cover",
    Spots(INTRO, outro=OUTRO),
)


def key_of_line(line: Line = LINE) -> str:
    return clip_key(line, Named(), PROSODY)


def id_of(script: Script = SCRIPT) -> str:
    return narration_id(script, Named(), PROSODY, LOUDNESS)


def id_with(utterance: Utterance) -> str:
    return id_of(replace(SCRIPT, utterances=(SCRIPT.utterances[0], utterance)))


def fingerprint_of(episode: Episode = EPISODE, frame: Frame = FRAME) -> str:
    return fingerprint(episode, "0" * 32, frame)


# --- golden keys, with the version that each of them is of


CLIP: Final = "78060a4fecd6f8f95f6c005d95b5da44d4f3d2480506c067401380e941e4cfe3"
NARRATION: Final = "e06c37fcdebc5228591f554f20c877c9"
MIXTURE: Final = "ab96dedbc4897b71481a160d3ec5cf4f"
EPISODE_PRINT: Final = "0c3da91c885b9bae3beb4d3d216e2034bc5a91a198405bfd319c2e2763475f55"


def test_the_versions_that_the_golden_keys_are_of() -> None:
    assert (cache_keys.SCHEMA, cache_keys.FORMAT) == (1, "mp3-24000-48-mono")
    assert STORE_SCHEMA == "v2"


def test_the_golden_key_of_a_clip_and_what_it_is_the_hash_of() -> None:
    assert key_of_line() == CLIP
    hashed = (
        r'{"format":"mp3-24000-48-mono",'
        r'"line":["\u55ae\u5c0f\u59d0\u8aaa\uff1a",[[0,1,["shan4"]]]],'
        r'"prosody":[10,0,0],"schema":1,"version":"4","voice":"baker"}'
    )
    assert hashlib.sha256(hashed.encode()).hexdigest() == CLIP


def test_the_golden_ids_of_narrations() -> None:
    assert id_of() == NARRATION
    assert narration_id(SCRIPT, Named(), PROSODY, LOUDNESS, ("edge", "baker")) == MIXTURE


def test_the_golden_fingerprint_of_an_episode() -> None:
    assert fingerprint_of(frame=replace(FRAME, spots=NO_SPOTS)) == EPISODE_PRINT


def test_where_each_kind_of_object_lies() -> None:
    assert path_of(cache_keys.clip_path(CLIP)) == f"v2/clips/{CLIP[:2]}/{CLIP}"
    assert cache_keys.failure_path(CLIP) == f"failures/{CLIP[:2]}/{CLIP}"
    assert cache_keys.manifest_path(NARRATION) == f"narrations/{NARRATION[:2]}/{NARRATION}.json"
    assert cache_keys.audio_path(NARRATION, CLIP) == (
        f"narrations/{NARRATION[:2]}/{NARRATION}.{CLIP}.mp3"
    )


async def test_what_is_written_lies_there(tmp_path: Path) -> None:
    cache = Cache.open(str(tmp_path / "store"))
    narrator = Narrator(cache, voices(tone=Tone()))
    made = await narrator.narrate(SCRIPT, ReadOptions(voice="tone"))
    await PendingRequests(cache).keep(NARRATION, SCRIPT, ReadOptions())
    sound = tmp_path / "intro.mp3"
    sound.write_bytes(silence(20))
    spots = SpotMaker(cache)
    spot = await spots.open(sound)
    await spots.frames(spot, -16.0)
    clips = {clip_key(u.line, Tone(), Prosody()) for u in SCRIPT.utterances}
    expected = {cache_keys.clip_path(key) for key in clips} | {
        cache_keys.manifest_path(made.id),
        cache_keys.audio_path(made.id, made.audio_sha256),
        f"orders/{NARRATION[:2]}/{NARRATION}.json",
        f"spots/{spot.digest}",
        f"spots/{spot.digest}-1--64",
    }
    root = tmp_path / "store" / STORE_SCHEMA
    found = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file()}
    assert found == expected


# --- every field of every record that a key is made of: another value, and another key or not

CHANGES: Final[dict[type, dict[str, Any]]] = {
    Line: {"spoken": "單小姐", "readings": ()},
    Reading: {"start": 1, "end": 2, "syllables": ("dan1",)},
    Prosody: {"rate_percent": 0, "pitch_hz": 1, "volume_percent": 1},
    Utterance: {
        "paragraph": 1,
        "text": "單小姐說:",
        "spoken": "單小姐說",
        "pause_ms": 301,
        "readings": (),
    },
    Script: {
        "title": "氣象",
        "byline": "",
        "published": "2026-03-13",
        "paragraphs": ("單小姐說：", ""),
        "utterances": SCRIPT.utterances[:1],
        "site": "",
        "url": "https://example.org/2",
    },
    LoudnessTarget: {"lufs": -19.0, "true_peak_dbtp": -2.0},
    ReadOptions: {
        "voice": "other",
        "prosody": Prosody(pitch_hz=5),
        "loudness": None,
        "spots": Spots(INTRO),
    },
    Episode: {
        "published": "2026-03-13T08:00:00+08:00",
        "link": "https://example.org/2",
        "marks": (ChapterStart(0, "天氣"),),
        "format": "mp3-44100",
        "picture": Picture(b"picture", ".jpg"),
    },
    ChapterStart: {"paragraph": 0, "title": "氣象", "link": "https://example.org/2"},
    Frame: {
        "show": Show("明日新聞", "https://example.org/show", subcategory=""),
        "cover": b"",
        "spots": Spots(INTRO, sponsor=STING, outro=OUTRO),
    },
    Show: {"title": "明日新聞", "author": "報社", "language": "zh-HK"},
}
"""Another value of each field that must change the key."""

KEEPS: Final[dict[type, dict[str, Any]]] = {
    Utterance: {"index": 7},  # their order says it
    # Who speaks and when, not what is heard: a mixture has an id of its own.
    ReadOptions: {"fallback": False, "mix": True, "urgency": Urgency.BATCH},
    Episode: {
        "guid": "other",  # the record is found under it
        "script": replace(SCRIPT, title="氣象"),  # the narration's id holds it
        "lead": "",  # this and what follows stands in the feed alone
        "order": 2,
        "disclosure": "合成",
        "is_digest": True,
        "source": "other.html",
        "canonical": "https://example.org/2",
        "sketch": Sketch("other", b""),
        "is_day_only": True,
        "season": 2,
        "number": 3,
        "stings": (1,),  # heard where the show has a sting
    },
    Frame: {
        "sting": STING,  # heard where the episode has a place for it
        "loudness_lufs": -19.0,  # the narration's id holds it
    },
    Show: {
        "base_url": "https://example.org/other",
        "description": "說明",
        "email": "me@example.org",
        "link": "https://example.org/",
        "category": "Sports",
        "subcategory": "Daily News",
        "explicit": True,
        "copyright": "報社",
        "funding_url": "https://example.org/pay",
        "funding_text": "贊助",
        "locked": True,
        "new_feed_url": "https://example.org/new.xml",
        "txt": ("verify: x",),
        "season": 2,
        "numbered": True,
        "discloses": True,
    },
}
"""Another value of each field that must not."""

FIELDS: Final = [
    pytest.param(record, f.name, id=f"{record.__name__}.{f.name}")
    for record in CHANGES
    for f in fields(record)
]


def keys_with(record: type, name: str, value: Any) -> list[tuple[str, str]]:
    """Each key that such a record goes into, as it is and with another value in one field."""
    other = {name: value}
    match record.__name__:
        case "Line":
            return [(key_of_line(), key_of_line(replace(LINE, **other)))]
        case "Reading":
            readings = (replace(READING, **other),)
            line, utterance = (
                replace(LINE, readings=readings),
                replace(UTTERANCE, readings=readings),
            )
            return [(key_of_line(), key_of_line(line)), (id_of(), id_with(utterance))]
        case "Utterance":
            return [(id_of(), id_with(replace(UTTERANCE, **other)))]
        case "Prosody":
            prosody = replace(PROSODY, **other)
            return [
                (key_of_line(), clip_key(LINE, Named(), prosody)),
                (id_of(), narration_id(SCRIPT, Named(), prosody, LOUDNESS)),
            ]
        case "Script":
            return [(id_of(), id_of(replace(SCRIPT, **other)))]
        case "LoudnessTarget":
            loudness = replace(LOUDNESS, **other)
            return [(id_of(), narration_id(SCRIPT, Named(), PROSODY, loudness))]
        case "ReadOptions":
            narrator = Narrator(Cache.open("memory://"), voices(one=Named(), other=Named("other")))
            options = ReadOptions(voice="one")
            changed = replace(options, **other)
            return [(narrator.id_of(SCRIPT, options), narrator.id_of(SCRIPT, changed))]
        case "Episode":
            return [(fingerprint_of(), fingerprint_of(replace(EPISODE, **other)))]
        case "ChapterStart":
            marks = (replace(EPISODE.marks[0], **other),)
            return [(fingerprint_of(), fingerprint_of(replace(EPISODE, marks=marks)))]
        case "Frame":
            return [(fingerprint_of(), fingerprint_of(frame=replace(FRAME, **other)))]
        case "Show":
            frame = replace(FRAME, show=replace(FRAME.show, **other))
            return [(fingerprint_of(), fingerprint_of(frame=frame))]
    raise AssertionError(f"no key is made of {record}")


@pytest.mark.parametrize(("record", "name"), FIELDS)
def test_a_field_changes_the_keys_that_it_must_and_no_others(record: type, name: str) -> None:
    changes, keeps = CHANGES[record], KEEPS.get(record, {})
    assert (name in changes) != (name in keeps), f"does another {name} sound different? Say it"
    for before, after in keys_with(record, name, {**changes, **keeps}[name]):
        assert (before != after) == (name in changes)


@pytest.mark.parametrize("other", [Named(name="edge"), Named(version="5")], ids=["name", "version"])
def test_another_voice_or_version_of_it_is_other_sound(other: Named) -> None:
    assert clip_key(LINE, other, PROSODY) != key_of_line()
    assert narration_id(SCRIPT, other, PROSODY, LOUDNESS) != id_of()


@pytest.mark.parametrize(
    "mixture", [("baker", "baker"), ("edge", "baker"), ("baker", "edge")], ids="-".join
)
def test_who_speaks_what_is_another_narration(mixture: tuple[str, ...]) -> None:
    others = [(), ("edge", "edge"), mixture[::-1] if mixture[0] != mixture[1] else ("edge",)]
    ids = [narration_id(SCRIPT, Named(), PROSODY, LOUDNESS, m) for m in (mixture, *others)]
    assert len(set(ids)) == len(ids)


def test_the_narrations_own_id_is_no_part_of_a_clips_key() -> None:
    """What makes a second article cheap: a sentence is the same in whichever one it stands."""
    lines = {clip_key(u.line, Named(), PROSODY) for u in SCRIPT.utterances}
    moved = replace(SCRIPT, title="別的", utterances=SCRIPT.utterances[::-1])
    assert {clip_key(u.line, Named(), PROSODY) for u in moved.utterances} == lines


@given(st.lists(st.text(), min_size=2, max_size=2), st.lists(st.text(), min_size=2, max_size=2))
def test_text_cannot_move_between_fields_unseen(one: list[str], two: list[str]) -> None:
    scripts = [replace(SCRIPT, title=title, byline=byline) for title, byline in (one, two)]
    assert (id_of(scripts[0]) == id_of(scripts[1])) == (one == two)


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_key_of_its_own_shape(text: str) -> None:
    key, id_ = key_of_line(Line(text)), id_of(replace(SCRIPT, title=text))
    assert (len(key), len(id_)) == (64, 32)
    assert set(key + id_) <= set("0123456789abcdef")
    assert key != key_of_line(Line(text + "。"))

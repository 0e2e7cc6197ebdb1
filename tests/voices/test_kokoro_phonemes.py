"""What Kokoro is given to say: its phonemes for Mandarin, for English, and for whole clauses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import Unpronounceable
from reader.pronunciation import pronounce
from reader.pronunciation.inventory import SYLLABLES
from reader.script import Line, Reading
from reader.voices.clip import WordTiming
from reader.voices.kokoro.dictionary import PronouncingDictionary, write_dictionary
from reader.voices.kokoro.english import English, among_mandarin
from reader.voices.kokoro.letter_to_sound import LetterToSound
from reader.voices.kokoro.mandarin import mandarin_phonemes
from reader.voices.kokoro.names import load_names
from reader.voices.kokoro.rows import LONGEST_ROW, begun_at, phoneme_rows, timings_of
from reader.voices.kokoro.vocabulary import EDGE_ID, PHONEME_IDS

LISTED = {
    "A": "ˈA",
    "B": "bˈi",
    "N": "ˈɛn",
    "apple": "ˈæpᵊl",
    "box": "bˈɑks",
    "deep": "dˈip",
    "face": "fˈAs",
    "book": "bˈʊk",
    "Polish": "pˈOlɪʃ",
    "polish": "pˈɑlɪʃ",
    "radio": "ɹˈAdiˌO",
    "with": "wɪð",
}
SIGNS = {number: sign for sign, number in PHONEME_IDS.items()}


def in_english(word: str) -> str:
    return English(LISTED.get, lambda letters: f"<{letters}>").phonemes(word)


@pytest.mark.parametrize(
    ("pinyin", "phonemes"),
    [
        ("zhong1", "ꭧʊ→ŋ"),
        ("guo2", "kwo↗"),
        ("shi4", "ʂɨ↘"),
        ("si3", "sɨ↓"),
        ("xue2", "ɕɥe↗"),
        ("yuan2", "ɥɛ↗n"),
        ("you3", "jou↓"),
        ("lv4", "ly↘"),
        ("er5", "ɚ"),
        ("weng1", "wə→ŋ"),
        ("yong3", "jʊ↓ŋ"),
        ("jiong3", "ʨjʊ↓ŋ"),
        ("ng2", "ŋ↗"),
        ("de5", "tɤ"),
    ],
)
def test_mandarin(pinyin: str, phonemes: str) -> None:
    assert mandarin_phonemes(pinyin) == phonemes


def test_every_syllable_and_tone_has_phonemes_that_the_model_knows() -> None:
    said = {s + tone: mandarin_phonemes(s + tone) for s in SYLLABLES for tone in "12345"}
    assert all(sign in PHONEME_IDS for phonemes in said.values() for sign in phonemes)
    same = len(said) - len(set(said.values()))
    assert same == 5, "eh and ê, in five tones" if same else "every syllable is another sound"


AS_THE_MODEL_WRITES = {
    "˧˩˧": "↓",
    "˧˥": "↗",
    "˥˩": "↘",
    "˥": "→",
    "ɻ\u0329": "ɨ",
    "ɹ\u0329": "ɨ",
    "\u032f": "",
}
"""Tones as arrows, one sign for the two syllabic vowels, no mark under a vowel that is not the
syllable's own. The longer tones are first."""


def test_every_syllable_is_as_the_model_was_taught() -> None:
    misaki = pytest.importorskip("misaki.transcription", reason="misaki is not installed")

    def taught(syllable: str) -> str:
        sounds = "".join(misaki.pinyin_to_ipa(syllable.replace("v", "ü"))[0])
        for theirs, sign in AS_THE_MODEL_WRITES.items():
            sounds = sounds.replace(theirs, sign)
        return sounds

    wrong = {
        syllable
        for syllable in SYLLABLES
        for tone in "1234"
        if mandarin_phonemes(syllable + tone) != taught(syllable + tone)
    }
    assert wrong <= {"yo"}, "which misaki takes for wo"


@pytest.mark.parametrize("pinyin", ["xyz1", "ma", "ma6", "", "5", "A", "zhg4"])
def test_what_is_no_syllable_is_a_clear_error(pinyin: str) -> None:
    with pytest.raises(Unpronounceable, match="give the word another reading"):
        mandarin_phonemes(pinyin)


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("apple", "ˈæpᵊl"),
        ("Apple", "ˈæpᵊl"),
        ("APPLE", "ˈæpᵊl"),
        ("Polish", "pˈOlɪʃ"),
        ("polish", "pˈɑlɪʃ"),
        ("with", "wˈɪð"),
        ("a", "ˈA"),
        ("NB", "ˈɛnbˈi"),
        ("nb", "ˈɛnbˈi"),
        ("apples", "ˈæpᵊlz"),
        ("boxes", "bˈɑksᵻz"),
        ("books", "bˈʊks"),
        ("boxed", "bˈɑkst"),
        ("facing", "fˈAsɪŋ"),
        ("polishes", "pˈɑlɪʃᵻz"),
        ("facebook", "fˈAsbˌʊk"),
        ("DeepRadio", "dˈipɹˈAdiˌO"),
        ("Zelda", "ˈ<Zelda>"),
        ("a" * 20, "ˈ<aaaaaaaaaaaaaaaa>ˈ<aaaa>"),
    ],
)
def test_english(word: str, phonemes: str) -> None:
    assert in_english(word) == phonemes


def test_names_of_the_news_are_said_in_phonemes_that_the_model_knows() -> None:
    for name, phonemes in load_names().items():
        assert name.isascii() and name.isalpha()
        assert all(sign in PHONEME_IDS for sign in phonemes), name
        assert "ˈ" in phonemes, name


@given(st.dictionaries(st.text("abcXYZé'-", min_size=1), st.text("ˈæbɪ", min_size=1), min_size=1))
def test_a_dictionary_on_disk_is_the_dictionary(
    tmp_path_factory: pytest.TempPathFactory, entries: dict[str, str]
) -> None:
    path = tmp_path_factory.mktemp("dictionary") / "english.tsv"
    write_dictionary(entries, path)
    found = PronouncingDictionary(path)
    assert {word: found.phonemes(word) for word in entries} == entries
    for absent in ("", "zz", "~", "a" * 40):
        assert found.phonemes(absent) == entries.get(absent)


def rows_of(text: str, *readings: Reading, english: bool = True) -> list[str]:
    line = Line(text, readings)
    return [
        "".join(SIGNS[number] for number in row.ids[1:-1])
        for clause in pronounce(line)
        for row in phoneme_rows(clause, line, in_english if english else None)
    ]


def test_a_clause_is_words_and_the_mark_that_ends_it() -> None:
    assert rows_of("今天放晴，你呢？") == ["ʨi→ntʰjɛ→n fa↘ŋʨʰi↗ŋ,", "ni↓ nɤ?"]


def test_latin_is_said_in_english_or_spelled_in_mandarin() -> None:
    assert rows_of("A B股") == ["ˈA bˈi ku↓,"]
    assert rows_of("看Apple。")[0].endswith("ˈæpᵊl.")
    assert "ˈ" not in rows_of("看Apple。", english=False)[0]


def test_what_the_lexicon_fixes_is_said_so() -> None:
    assert rows_of("看Apple。", Reading(1, 6, ("ping2", "guo3")))[0].endswith("pʰi↗ŋkwo↓.")


def test_a_row_is_never_longer_than_the_model_takes() -> None:
    rows = rows_of("radio " * 12 + "N" * 300)
    assert len(rows) > 1
    assert all(len(row) <= LONGEST_ROW + 2 for row in rows)


def test_the_lengths_of_phonemes_are_the_times_of_characters() -> None:
    line = Line("看Apple吧。")
    (clause,) = pronounce(line)
    (row,) = phoneme_rows(clause, line, in_english)
    assert row.ids[0] == row.ids[-1] == EDGE_ID
    n_frames = np.arange(1, len(row.ids) + 1)
    found = timings_of(row, n_frames, 0.025, -0.1)
    assert [line.spoken[t.start : t.end] for t in found] == ["看", "Apple", "吧"]
    edges = np.concatenate(([0], np.cumsum(n_frames))) * 0.025 - 0.1
    for timing, (_, first, last) in zip(found, row.spans, strict=True):
        assert timing.start_s == pytest.approx(max(0, edges[first]), abs=1e-4)
        assert timing.end_s == pytest.approx(max(0, edges[last]), abs=1e-4)


def test_the_first_character_begins_where_its_sound_does() -> None:
    timings = [WordTiming(0, 1, 0.1, 0.2), WordTiming(1, 2, 0.2, 0.4)]
    assert begun_at(0.03, timings) == [WordTiming(0, 1, 0.03, 0.2), timings[1]]
    assert begun_at(-1, timings)[0].start_s == 0
    late = begun_at(0.25, timings)
    assert late == [WordTiming(0, 1, 0.25, 0.25), WordTiming(1, 2, 0.25, 0.4)], "in order"
    assert begun_at(0.1, []) == []


def test_letters_to_sound_by_a_network_of_any_size(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    shapes = {"emb": (74, 6), "w_ih": (12, 6), "w_hh": (12, 4), "b_ih": (12,), "b_hh": (12,)}
    weights = {
        f"{part}_{n}": rng.normal(size=s) for part in ("enc", "dec") for n, s in shapes.items()
    }
    weights |= {"fc_w": rng.normal(size=(74, 4)), "fc_b": np.zeros(74)}
    np.savez(tmp_path / "letters.npz", **{k: v.astype(np.float32) for k, v in weights.items()})
    network = LetterToSound(tmp_path / "letters.npz")
    for word in ("zelda", "ABC", "x"):
        said = network.phonemes(word)
        assert said == network.phonemes(word.lower())
        assert all(sign in PHONEME_IDS for sign in said)


@pytest.mark.parametrize(
    ("word", "phonemes"),
    [
        ("pˈIθˌɑn", "pʰˈIθˌɑn"),
        ("bˈɪtkˌYn", "bˈɪtkʰˌYn"),
        ("tOjˈOtə", "tʰOjˈOtə"),
        ("spˈɑɾəfˌI", "spˈɑɾəfˌI"),
        ("kwˈɪk", "kʰwˈɪk"),
        ("ˈæpᵊl", "ˈæpᵊl"),
        ("pəsˈɪfɪk", "pʰəsˈɪfɪk"),
        ("stˈɑɹbˌʌks", "stˈɑɹbˌʌks"),
        ("nˈɛtflɪks", "nˈɛtflɪks"),
    ],
)
def test_stops_are_breathed_among_mandarin_where_english_breathes_them(
    word: str, phonemes: str
) -> None:
    assert among_mandarin(word) == phonemes

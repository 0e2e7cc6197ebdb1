"""Cache keys of clips and ids of narrations: what makes two sounds the same.

A key is the SHA-256 of compact, sorted JSON. Every field that changes what is heard is in it,
and nothing else; a change of meaning raises the schema number.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple
from typing import Any, Final

from reader.loudness import LoudnessTarget
from reader.script import Line, Script
from reader.voices import Prosody, Voice

SCHEMA: Final = 1
FORMAT: Final = "mp3-24000-48-mono"


def clip_key(line: Line, voice: Voice, prosody: Prosody) -> str:
    """The key under which the clip of `line` in this voice is kept."""
    return _hash(
        {
            "schema": SCHEMA,
            "format": FORMAT,
            "line": astuple(line),
            "voice": voice.name,
            "version": voice.version,
            "prosody": astuple(prosody),
        }
    )


def narration_id(
    script: Script,
    voice: Voice,
    prosody: Prosody,
    loudness: LoudnessTarget | None,
    mixture: Sequence[str] = (),
    spots: str = "",
) -> str:
    """The id of `script` in this voice: same words, same voice, same settings, same id.

    `loudness` is None where the voice's own is left; `mixture` names the voice of each
    utterance where they are not all the same; `spots` is the digest of what is heard around it.
    """
    mixed: dict[str, object] = {"mixture": tuple(mixture)} if mixture else {}
    if spots:
        mixed["spots"] = spots
    return _hash(
        mixed
        | {
            "schema": SCHEMA,
            "format": FORMAT,
            "article": (
                *(script.title, script.byline, script.published),
                *(script.site, script.url, script.paragraphs),
            ),
            "utterances": [
                (u.paragraph, u.text, astuple(u.line), u.pause_ms) for u in script.utterances
            ],
            "voice": voice.name,
            "version": voice.version,
            "prosody": astuple(prosody),
            "loudness": loudness and astuple(loudness),
        }
    )[:32]


def clip_path(key: str) -> str:
    """The cache key of a clip: in 256 folders, so that none grows huge."""
    return f"clips/{key[:2]}/{key}"


def failure_path(key: str) -> str:
    """The cache key of a failure: where those who wait for a clip find why there is none."""
    return f"failures/{key[:2]}/{key}"


def manifest_path(narration_id: str) -> str:
    """The cache key of a narration's manifest."""
    return f"narrations/{narration_id[:2]}/{narration_id}.json"


def audio_path(narration_id: str, sha256: str) -> str:
    """The cache key of a narration's audio, under its own hash: two processes that make one
    narration from a voice that never says a thing twice alike cannot put one's sound under the
    other's manifest."""
    return f"narrations/{narration_id[:2]}/{narration_id}.{sha256}.mp3"


def _hash(fields: dict[str, Any]) -> str:
    # Lone surrogates cannot be encoded; as escapes they still tell two texts apart.
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()

"""What makes two sounds the same: the keys of clips and the ids of narrations.

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
) -> str:
    """The id of `script` in this voice: same words, same voice, same settings, same id.

    `loudness` is None where the voice's own is left; `mixture` names the voice of each
    utterance where they are not all the same.
    """
    mixed = {"mixture": tuple(mixture)} if mixture else {}
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
    """Where a clip lies in the cache: in 256 folders, so that none grows huge."""
    return f"clips/{key[:2]}/{key}"


def failure_path(key: str) -> str:
    """Where those who wait for a clip find why it could not be spoken."""
    return f"failures/{key[:2]}/{key}"


def manifest_path(narration: str) -> str:
    return f"narrations/{narration[:2]}/{narration}.json"


def audio_path(narration: str, sha256: str) -> str:
    """Under its own hash: two processes that make one narration from a voice that never says a
    thing twice alike cannot put one's sound under the other's manifest."""
    return f"narrations/{narration[:2]}/{narration}.{sha256}.mp3"


def _hash(fields: dict[str, Any]) -> str:
    # Lone surrogates cannot be encoded; as escapes they still tell two texts apart.
    text = json.dumps(fields, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()

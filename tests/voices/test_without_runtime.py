"""A machine for which the embedded voice's runtime has no wheel: everything else works."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reader.errors import VoiceMissing
from reader.voices.baker import install, runtime, weights

CODE = """
import sys
sys.modules["ai_edge_litert"] = None
from reader.voices import Voices
found = {voice.name: voice.installed for voice in Voices().catalogue()}
assert found["baker"] is False and found["edge:zh-TW-HsiaoChenNeural"]
Voices().open("baker")
"""


def test_others_are_listed_and_this_one_says_why() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True)
    assert done.returncode == 1
    last = done.stderr.strip().splitlines()[-1]
    assert last.startswith("reader.errors.VoiceMissing: the embedded voice `baker` needs")
    assert "choose another voice" in last


def test_its_weights_are_not_fetched_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, "Interpreter", None)
    assert not weights.is_installed()
    with pytest.raises(VoiceMissing, match="ai-edge-litert"):
        install()

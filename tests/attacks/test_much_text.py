"""9.9 MB of text end in a refusal within limits that the kernel holds, at every door; what is just
short enough is read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from reader.errors import BadInput
from reader.library.sources import SourceOptions, write_script
from reader.script.from_page import MOST_CHARS
from tests.api.services import service
from tests.attacks.much_text import DOORS, N_BYTES, SHAPES, text_of

ROOT = Path(__file__).resolve().parents[2]
REFUSED = (
    "422 too-many-lines", "422 line-too-long", "422 request-invalid", "422 input-too-long",
    "article-too-long", "2 tingwen:", "3 tingwen:",
)  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's limits are set as on Linux")
@pytest.mark.thorough
@pytest.mark.parametrize(
    "shape",
    [pytest.param(name, marks=() if name == "lines" else pytest.mark.slow) for name in SHAPES],
)
@pytest.mark.parametrize("door", DOORS)
def test_much_text_is_refused_within_limits(door: str, shape: str) -> None:
    command = [sys.executable, "-m", "tests.attacks.much_text", door, shape]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (done.returncode, done.stderr[-600:])
    assert done.stdout.strip().startswith(REFUSED), done.stdout
    assert len(done.stdout.strip().splitlines()) == 1


async def test_a_body_of_that_size_is_refused_before_it_is_read(tmp_path: Path) -> None:
    async with service(tmp_path) as client:
        for path, field in (("/v1/articles", "text"), ("/v1/audio/speech", "input")):
            answer = await client.post(path, json={field: "a" * N_BYTES})
            assert answer.status_code == 413


@pytest.mark.parametrize("shape", SHAPES)
def test_no_function_reads_more_than_a_long_novel(shape: str) -> None:
    text = text_of(shape, 4 * MOST_CHARS)
    with pytest.raises(BadInput) as caught:
        write_script(text[: MOST_CHARS + 100_000], SourceOptions(mode="text"))
    assert caught.value.kind == "article-too-long"

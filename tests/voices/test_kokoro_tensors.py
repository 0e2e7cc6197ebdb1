"""Weights that sessions share are read from the graph's file as they stand there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import VoiceMissing
from reader.voices.kokoro.model import Model
from reader.voices.kokoro.tensors import unsigned_tensors

_FLOAT, _UNSIGNED = 1, 2


def _number(value: int) -> bytes:
    rest, low = divmod(value, 128)
    return bytes([low | 128]) + _number(rest) if rest else bytes([low])


def _bytes_field(field: int, content: bytes) -> bytes:
    return _number(field << 3 | 2) + _number(len(content)) + content


def _number_field(field: int, value: int) -> bytes:
    return _number(field << 3) + _number(value)


def _tensor(name: str, kind: int, array: np.ndarray) -> bytes:
    sizes = b"".join(_number_field(1, size) for size in array.shape)
    content = _bytes_field(8, name.encode()) + _bytes_field(9, array.tobytes())
    return _bytes_field(5, sizes + _number_field(2, kind) + content)


def _graph(*tensors: bytes) -> bytes:
    return _number_field(1, 9) + _bytes_field(7, b"".join(tensors))


_LARGE = np.arange(3 * 2000, dtype=np.uint8).reshape(3, 2000)
_MODEL = _graph(
    _tensor("signed", _FLOAT, np.zeros(5000, np.float32)), _tensor("large", _UNSIGNED, _LARGE)
) + _graph(_tensor("small", _UNSIGNED, _LARGE[:1]), _tensor("other", _UNSIGNED, _LARGE.T))


def test_large_tensors_of_unsigned_bytes_in_their_shapes(tmp_path: Path) -> None:
    file = tmp_path / "model.onnx"
    file.write_bytes(_MODEL)
    found = unsigned_tensors(file)
    assert found.keys() == {"large", "other"}
    assert np.array_equal(found["large"], _LARGE)
    assert np.array_equal(found["other"], _LARGE.T)


@given(data=st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("cut") / "model.onnx"
    head = data.draw(st.integers(0, 200)) if data.draw(st.booleans()) else len(_MODEL)
    damaged = bytearray(_MODEL[:head])
    if damaged:
        place = data.draw(st.integers(0, min(len(damaged), 60) - 1))
        damaged[place] = data.draw(st.integers(0, 255))
    file.write_bytes(bytes(damaged))
    try:
        unsigned_tensors(file)
    except ValueError:
        assert bytes(damaged) != _MODEL


@pytest.mark.parametrize("content", [b"", b"\xff" * 40, b"no graph"])
def test_a_file_that_is_no_graph_is_told_as_one(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("onnxruntime")
    file = tmp_path / "model.onnx"
    file.write_bytes(content)
    with pytest.raises(VoiceMissing, match="cannot be loaded"):
        Model(file, 2)

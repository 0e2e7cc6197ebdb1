"""The graph's weights of unsigned bytes, read from its file, so that sessions can share them.

They are those of the convolutions, 55 MB of 92, and the runtime uses them as they are; of the
signed ones it packs a copy for each session, which sharing would add to. The graph is a message of
protocol buffers, of which three kinds of fields are walked through here.
"""

from __future__ import annotations

import math
import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

_GRAPH_FIELD: Final = 7
"""Of ModelProto; the others are of GraphProto and TensorProto (ONNX IR 9)."""
_TENSOR_FIELD: Final = 5
_SIZE_FIELD, _TYPE_FIELD, _NAME_FIELD, _BYTES_FIELD = 1, 2, 8, 9
_UNSIGNED_BYTES: Final = 2
"""TensorProto.DataType.UINT8."""
_SMALLEST: Final = 4096
_VARINT, _EIGHT_BYTES, _BYTES_FOLLOW, _FOUR_BYTES = 0, 1, 2, 5


def unsigned_tensors(path: Path) -> dict[str, NDArray[np.uint8]]:
    """Weights by their names, each in its shape; small ones are left out.

    Raises ValueError where the file is no such message, OSError where it cannot be read.
    """
    with path.open("rb") as file:
        model = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    graphs = (graph for field, graph in _fields(model) if field == _GRAPH_FIELD)
    tensors = (t for graph in graphs for field, t in _fields(graph) if field == _TENSOR_FIELD)
    return {name: array for tensor in tensors for name, array in _unsigned(tensor)}


def _unsigned(tensor: memoryview) -> Iterator[tuple[str, NDArray[np.uint8]]]:
    """The tensor's name and values, nothing where it is small or of another type."""
    shape, name, is_unsigned, content = [], "", False, tensor[:0]
    for field, value in _fields(tensor):
        if field == _SIZE_FIELD:
            shape.append(_number(value, 0)[0])
        elif field == _TYPE_FIELD:
            is_unsigned = _number(value, 0)[0] == _UNSIGNED_BYTES
        elif field == _NAME_FIELD:
            name = str(value, "utf-8")
        elif field == _BYTES_FIELD:
            content = value
    if is_unsigned and len(content) >= _SMALLEST and math.prod(shape) == len(content):
        yield name, np.frombuffer(content, np.uint8).reshape(shape).copy()


def _fields(message: memoryview) -> Iterator[tuple[int, memoryview]]:
    """Number and bytes of each field; of one that is a number, its variable-length form."""
    at = 0
    while at < len(message):
        key, at = _number(message, at)
        kind = key & 7
        if kind == _VARINT:
            end = _number(message, at)[1]
        elif kind == _BYTES_FOLLOW:
            n_bytes, at = _number(message, at)
            end = at + n_bytes
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            end = at + (8 if kind == _EIGHT_BYTES else 4)
        else:
            raise ValueError(f"a field of kind {kind}")
        if end > len(message):
            raise ValueError("a field is cut")
        yield key >> 3, message[at:end]
        at = end


def _number(message: memoryview, at: int) -> tuple[int, int]:
    """The variable-length number at `at`, seven bits a byte, and where it ends."""
    number = 0
    for place, byte in enumerate(message[at : at + 10]):
        number |= (byte & 127) << 7 * place
        if byte < 128:
            return number, at + place + 1
    raise ValueError("a number is cut")

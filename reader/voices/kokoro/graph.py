"""The published graph, made to say how long each phoneme is, and to be told how fast each is said.

The lengths are computed inside; naming them among the graph's outputs is all it takes. A message
of protocol buffers followed by another is the two merged, so the output is written after the
graph's bytes and no library is needed for it.

The lengths are divided by the input `speed`, a vector of one number. The division takes a vector
of any length; only the input's declared shape stands in the way.
"""

from __future__ import annotations

from typing import Final

_LENGTHS: Final = b"/encoder/Clip_output_0"
_GRAPH_FIELD: Final = 7
"""Of ModelProto; the other numbers are of GraphProto, ValueInfoProto, TypeProto (ONNX IR 9)."""
_OUTPUT_FIELD: Final = 12
_NAME_FIELD, _TYPE_FIELD, _TENSOR_FIELD = 1, 2, 1
_FLOAT_ELEMENTS: Final = bytes((1 << 3, 1))
_BYTES_FOLLOW: Final = 2


_SPEED_SHAPE: Final = b"\x0a\x05speed\x12\x0a\x0a\x08\x08\x01\x12\x04\x0a\x02"
"""ValueInfoProto of `speed` up to its one dimension."""
_ONE, _ANY = b"\x08\x01", b"\x12\x00"
"""Of TensorShapeProto.Dimension: the value 1, and a name that is empty."""


def with_speeds(graph: bytes) -> bytes:
    """`graph` with a `speed` for each phoneme where one for all was meant."""
    return graph.replace(_SPEED_SHAPE + _ONE, _SPEED_SHAPE + _ANY)


def with_phoneme_lengths(graph: bytes) -> bytes:
    """`graph` with the phonemes' lengths, in frames, as its last output."""
    tensor = _message(_TENSOR_FIELD, _FLOAT_ELEMENTS)
    output = _message(_NAME_FIELD, _LENGTHS) + _message(_TYPE_FIELD, tensor)
    return graph + _message(_GRAPH_FIELD, _message(_OUTPUT_FIELD, output))


def _message(field: int, content: bytes) -> bytes:
    """`content`, shorter than 128 bytes, as a field of a message."""
    return bytes((field << 3 | _BYTES_FOLLOW, len(content))) + content

"""The acoustic graph, made to run without TensorFlow.

The published FastSpeech2 graph has two `FlexRandomUniform` nodes, dropout of one half left
on over the pitch and energy embeddings, which only TensorFlow can run. The same operator is
built in to TensorFlow Lite as RANDOM_UNIFORM: the operator code is rewritten in memory, with
fixed seeds, and nothing else is touched.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from reader.voices.baker.runtime import flatbuffers, schema

_FLEX_RANDOM: Final = b"FlexRandomUniform"
_SEEDS: Final = (17, 34)
_LARGEST_OLD_CODE: Final = 127
"""In the schema's deprecated one-byte field: look at the newer field instead."""


def runnable_acoustic_graph(path: Path) -> bytes:
    """The graph in `path` with its random operator rewritten: a TensorFlow Lite model."""
    model = schema.ModelT.InitFromObj(schema.Model.GetRootAs(path.read_bytes(), 0))
    rewritten = set()
    for index, code in enumerate(model.operatorCodes):
        if code.customCode == _FLEX_RANDOM:
            code.customCode = None
            code.builtinCode = schema.BuiltinOperator.RANDOM_UNIFORM
            code.deprecatedBuiltinCode = _LARGEST_OLD_CODE
            rewritten.add(index)
    seeds = iter(_SEEDS)
    for operator in model.subgraphs[0].operators:
        if operator.opcodeIndex in rewritten:
            options = schema.RandomOptionsT()
            options.seed, options.seed2 = next(seeds), 0
            operator.customOptions = None
            operator.builtinOptionsType = schema.BuiltinOptions.RandomOptions
            operator.builtinOptions = options
    builder = flatbuffers.Builder(path.stat().st_size)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())

"""Tiny ONNX models written byte by byte, for what a configured model may do wrong.

Source: onnx.proto of the ONNX specification, IR version 8; protocol buffers' wire format.
"""

from __future__ import annotations

from collections.abc import Sequence

_INT64, _FLOAT = 7, 1


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes | str) -> bytes:
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def _attribute(name: str, value: int) -> bytes:
    return _bytes(5, _bytes(1, name) + _number(3, value) + _number(20, 2))


def _node(kind: str, inputs: Sequence[str], output: str, **attributes: int) -> bytes:
    parts = [_bytes(1, name) for name in inputs]
    parts += [_bytes(2, output), _bytes(4, kind)]
    parts += [_attribute(name, value) for name, value in attributes.items()]
    return _bytes(1, b"".join(parts))


def _value(field: int, name: str, kind: int, axes: Sequence[str]) -> bytes:
    shape = b"".join(_bytes(1, _bytes(2, axis)) for axis in axes)
    tensor = _number(1, kind) + _bytes(2, shape)
    return _bytes(field, _bytes(1, name) + _bytes(2, _bytes(1, tensor)))


def _model(nodes: bytes, *, mask: str = "mask", more: Sequence[str] = ()) -> bytes:
    graph = nodes + _bytes(2, "tiny")
    for name in ("ids", mask, *more):
        graph += _value(11, name, _INT64, ("batch", "length"))
    graph += _value(12, "vectors", _FLOAT, ("batch", "width"))
    opset = _bytes(1, "") + _number(2, 17)
    return _number(1, 8) + _bytes(7, graph) + _bytes(8, opset)


def of_width(width: int) -> bytes:
    """A model whose vectors have this many numbers: the sum of the ids, again and again."""
    nodes = _node("Cast", ["ids"], "floats", to=_FLOAT)
    nodes += _node("ReduceSum", ["floats"], "all", keepdims=1)
    nodes += _node("Concat", ["all"] * width, "vectors", axis=1)
    return _model(nodes)


def of_many_lengths() -> bytes:
    """A model whose vectors are as long as the sentence."""
    return _model(_node("Cast", ["ids"], "vectors", to=_FLOAT))


def of_pairs(width: int = 3) -> bytes:
    """A model of pairs: the share of the tokens that are the claim's, then ones."""
    nodes = _node("Cast", ["types"], "floats", to=_FLOAT)
    nodes += _node("ReduceMean", ["floats"], "share", keepdims=1)
    nodes += _node("Cast", ["mask"], "ones", to=_FLOAT)
    nodes += _node("ReduceMean", ["ones"], "one", keepdims=1)
    nodes += _node("Concat", ["share", *["one"] * (width - 1)], "vectors", axis=1)
    return _model(nodes, more=["types"])


def of_other_inputs() -> bytes:
    """A model that wants something else than `mask`."""
    return _model(_node("Cast", ["ids"], "vectors", to=_FLOAT), mask="attention_mask")


def of_no_numbers() -> bytes:
    """A model whose vectors are not numbers: nothing divided by nothing."""
    nodes = _node("Cast", ["ids"], "floats", to=_FLOAT)
    nodes += _node("Sub", ["floats", "floats"], "zeros")
    nodes += _node("Div", ["zeros", "zeros"], "vectors")
    return _model(nodes)

"""Where and which way something is drawn: the matrices of a PDF.

Source: ISO 32000-1, 8.3.
"""

from __future__ import annotations

from exocite.readers.pdf.tokens import Operand, numbers

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""Leaves everything where it is."""


def matrix_of(operands: list[Operand]) -> Matrix:
    """The matrix of six numbers, one that changes nothing for fewer."""
    values = numbers(operands)
    if len(values) < 6:
        return UNIT
    a, b, c, d, e, f = values[-6:]
    return a, b, c, d, e, f


def times(one: Matrix, two: Matrix) -> Matrix:
    """What the first does, and then the second."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def turn_of(a: float, b: float) -> int:
    """The direction of writing in quarter turns; 4 for a slanted one."""
    if abs(b) < 0.1 * abs(a):
        return 0 if a > 0 else 2
    if abs(a) < 0.1 * abs(b):
        return 1 if b > 0 else 3
    return 4


def turned(turn: int, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float]:
    """Ends and baseline of a text as one sees them who reads it upright."""
    if turn == 1:
        return y0, y1, -x0
    if turn == 2:
        return -x0, -x1, -y0
    if turn == 3:
        return -y0, -y1, x0
    return x0, x1, y0

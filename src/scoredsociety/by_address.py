"""Tuples of tables handed on by address: written down once where a kernel is entered.

A named tuple of arrays reaches a compiled function as hundreds of values, which the compiler copies
at every call. Of a class marked ``@by_address`` a kernel gets one pointer instead: entering
from Python, the arrays' headers are written into one block on the stack, tuples within tuples in
place; ``world.schemes.rules`` in a kernel reads from there. Nothing writes into that block while
the kernel runs (the arrays' elements are another matter), which is said to the compiler
(``invariant.load``), so that what is read twice is loaded once.

In Python, and where kernels run as plain Python, such a tuple stays what it is. Only numba's
documented interface for extensions is used.
"""

# numba carries no types
# mypy: disable-error-code="no-untyped-call,untyped-decorator,misc"

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.core.typing.templates import AttributeTemplate
from numba.extending import (
    NativeValue,
    infer_getattr,
    lower_getattr_generic,
    models,
    register_model,
    typeof_impl,
    unbox,
)

C = TypeVar("C", bound=type)

_I32 = ir.IntType(32)


class Address(types.Type):
    """The address of a named tuple; ``members`` are the types of its fields, in order."""

    def __init__(self, cls: Any, members: tuple[types.Type, ...]) -> None:
        self.cls, self.fields, self.members = cls, tuple(cls._fields), members
        told = hashlib.blake2s(", ".join(str(one) for one in members).encode(), digest_size=8)
        super().__init__(name=f"{cls.__name__}@{told.hexdigest()}")  # symbols are made of names

    def field(self, name: str) -> tuple[int, types.Type]:
        """Place and type of a field."""
        place = self.fields.index(name)
        return place, self.members[place]


def by_address(cls: C) -> C:
    """Class decorator of a named tuple: kernels get its address."""

    @typeof_impl.register(cls)
    def _(value: Any, context: Any) -> Any:
        members = tuple(typeof_impl(one, context) for one in value)
        return None if None in members else Address(cls, members)

    return cls


def _block(manager: Any, kind: Any) -> Any:
    """The LLVM type of what stands at an address: tuples within it in place, the rest as values."""
    if isinstance(kind, Address):
        return ir.LiteralStructType([_block(manager, one) for one in kind.members])
    return manager.lookup(kind).get_value_type()


@register_model(Address)
class _AddressModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Address) -> None:
        super().__init__(manager, kind, _block(manager, kind).as_pointer())


@infer_getattr
class _Fields(AttributeTemplate):
    key = Address

    def generic_resolve(self, value: Address, attr: str) -> Any:  # type: ignore[override]
        return value.field(attr)[1] if attr in value.fields else None


def _place(builder: Any, address: Any, place: int) -> Any:
    return builder.gep(address, [_I32(0), _I32(place)], inbounds=True)


def _loaded(builder: Any, address: Any) -> Any:
    """What stands at ``address``, each part loaded alone, as what never changes."""
    kind = address.type.pointee
    if isinstance(kind, (ir.LiteralStructType, ir.ArrayType)):
        whole = ir.Constant(kind, ir.Undefined)
        for place in range(len(kind)):
            part = _loaded(builder, _place(builder, address, place))
            whole = builder.insert_value(whole, part, place)
        return whole
    value = builder.load(address)
    value.set_metadata("invariant.load", builder.module.add_metadata([]))
    return value


@lower_getattr_generic(Address)
def _field(context: Any, builder: Any, kind: Address, address: Any, name: str) -> Any:
    place, member = kind.field(name)
    at = _place(builder, address, place)
    return at if isinstance(member, Address) else _loaded(builder, at)


def _handed_over(builder: Any, address: Any) -> Any:
    """The address, behind a call that the compiler cannot see through.

    What is said never to change was written just now: no load may move up before the writing, and
    no writing may go because nothing seems to read it.
    """
    anything = ir.IntType(8).as_pointer()
    name = "scoredsociety.handed_over"
    function = builder.module.globals.get(name)
    if function is None:
        function = ir.Function(builder.module, ir.FunctionType(anything, [anything]), name)
        function.linkage = "internal"
        function.attributes.add("noinline")
        function.attributes.add("optnone")
        inside = ir.IRBuilder(function.append_basic_block())
        inside.ret(function.args[0])
    passed = builder.call(function, [builder.bitcast(address, anything)])
    return builder.bitcast(passed, address.type)


@unbox(Address)
def _entered(kind: Address, value: Any, c: Any) -> Any:
    address = cgutils.alloca_once(c.builder, _block(c.context.data_model_manager, kind))
    failed = cgutils.alloca_once_value(c.builder, cgutils.false_bit)
    given_back: list[Any] = []
    _write(kind, value, address, failed, given_back, c)

    def give_back() -> None:
        for one in given_back:
            one()

    return NativeValue(
        _handed_over(c.builder, address), is_error=c.builder.load(failed), cleanup=give_back
    )


def _write(
    kind: Address, value: Any, address: Any, failed: Any, given_back: list[Any], c: Any
) -> None:
    """Write the fields of a tuple down, those of tuples within it as well.

    ``given_back``: what gives a field's memory back after the call (that of a record is borrowed).
    """
    for place, member in enumerate(kind.members):
        at, one = _place(c.builder, address, place), c.pyapi.tuple_getitem(value, place)
        if isinstance(member, Address):
            _write(member, one, at, failed, given_back, c)
            continue
        native = c.unbox(member, one)
        c.builder.store(native.value, at)
        if native.cleanup is not None:
            given_back.append(native.cleanup)
        if native.is_error is not None:
            c.builder.store(c.builder.or_(c.builder.load(failed), native.is_error), failed)

"""Compilation of kernels that exist only inside others: checked and lowered, nothing more.

Numba optimizes every compiled function and turns it into machine code, also one that is inlined
wherever it is called and that nobody can call alone; with some 360 of these that was over half of
the time of a first run. Here such a function stops at plain LLVM code: whoever calls it takes
that code in and optimizes it once, in its place. Only what numba's way of writing code leaves
behind is cleared away first, a store and a load for every variable: it would be read again at each
taking in. And one of these is compiled once, not again for each constant that a caller gives it.
"""

# numba carries no types
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import Any

from llvmlite.binding import create_new_function_pass_manager  # type: ignore[import-untyped]
from numba.core import types
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import FunctionPass, register_pass
from numba.core.typed_passes import NoPythonSupportedFeatureValidation


class _WithoutEnvironment:
    """A code generator to which nothing is bound: code that was never loaded has no addresses."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, env_name: str, env: object) -> None:
        """There is no address to write to; integers on arrays need no environment."""


class InlinedLibrary(JITCodeLibrary):
    """Code of one function, to be taken in by its callers, never optimized or loaded alone."""

    @property
    def codegen(self) -> Any:
        """The code generator, less what needs loaded code."""
        return _WithoutEnvironment(self._codegen)

    def get_pointer_to_function(self, name: str) -> int:
        """No function of this library has an address."""
        self._ensure_finalized()
        return 0

    def _optimize_functions(self, ll_module: Any) -> None:
        ll_module.data_layout = self._codegen._data_layout
        tidy = create_new_function_pass_manager()
        tidy.add_sroa_pass()
        tidy.add_simplify_cfg_pass()
        tidy.add_instruction_combine_pass()
        _, builder = self._codegen._function_pass_manager()
        for function in ll_module.functions:
            if not function.is_declaration:
                tidy.run(function, builder)

    def _optimize_final_module(self) -> None:
        pass

    def _finalize_final_module(self) -> None:
        self._finalize_dynamic_globals()
        self._verify_declare_only_symbols()
        self._finalized = True


class ApartLibrary(InlinedLibrary):
    """Code of one function that stands once in each kernel that comes to it, and is called."""

    def add_ir_module(self, ir_module: Any) -> None:
        """Take code in that is to be called: said of its text, as llvmlite 0.45 needs it."""
        for function in ir_module.functions:
            if not function.is_declaration and "alwaysinline" not in function.attributes:
                function.attributes.add("noinline")
        super().add_ir_module(ir_module)


@register_pass(mutates_CFG=False, analysis_only=True)
class KeepForCallers(FunctionPass):
    """Puts the code that lowering is about to make into an ``InlinedLibrary``."""

    _name = "keep_for_callers"

    def __init__(self) -> None:
        FunctionPass.__init__(self)

    def run_pass(self, state: Any) -> bool:
        codegen = state.targetctx.codegen()
        state.library = InlinedLibrary(codegen, state.func_id.func_qualname)
        return False


@register_pass(mutates_CFG=False, analysis_only=True)
class KeepApart(KeepForCallers):
    """Puts the code that lowering is about to make into an ``ApartLibrary``."""

    _name = "keep_apart"

    def run_pass(self, state: Any) -> bool:
        codegen = state.targetctx.codegen()
        state.library = ApartLibrary(codegen, state.func_id.func_qualname)
        return False


class InlinedCompiler(CompilerBase):
    """Numba's pipeline up to LLVM code, for functions that are always inlined."""

    keep: Any = KeepForCallers

    def define_pipelines(self) -> list[Any]:
        """One pipeline: numba's own, with ``KeepForCallers`` before lowering."""
        passes = DefaultPassBuilder.define_nopython_pipeline(self.state)
        passes.add_pass_after(self.keep, NoPythonSupportedFeatureValidation)
        passes.finalize()
        return [passes]


class SharedCompiler(InlinedCompiler):
    """The same, for functions of which the compiler decides whether they are inlined."""


class ApartCompiler(InlinedCompiler):
    """The same, for functions that are always called."""

    keep = KeepApart


def once_for_all_constants(compiled: Any) -> Any:
    """The compiled function, which other kernels see as taking any integer where they give one.

    Numba would compile it again for each constant argument, and once more for a variable that has
    a constant at first. Constants reach it all the same, where LLVM takes it in.
    """
    template = compiled.get_call_template

    def of_integers(args: Any, named: Any) -> Any:
        plain = {name: types.unliteral(one) for name, one in named.items()}
        return template(tuple(types.unliteral(one) for one in args), plain)

    compiled.get_call_template = of_integers
    return compiled

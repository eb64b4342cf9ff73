"""Compiled kernels as they come back from the cache: loaded, and nothing more.

Before numba gives back a cached function it reads all that it would need to compile another one,
and the function's plain code, so that others could take it in. A run whose kernels are all in
the cache needs neither: that was over a second of each start. Here the first waits until a
kernel really is compiled, and the second until one asks for it.
"""

# numba carries no types
# mypy: disable-error-code="no-untyped-call"

from __future__ import annotations

from typing import Any

from llvmlite.binding import parse_bitcode  # type: ignore[import-untyped]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompileResult

from scoredsociety.kernel_cache import KeptResult, StockCache

_result: Any = CompileResult  # a tuple whose fields numba does not declare


class LoadedLibrary(JITCodeLibrary):
    """Machine code of one kernel; its plain code is read when another kernel takes it in."""

    def __init__(self, codegen: Any, name: str) -> None:
        super().__init__(codegen, name)
        self._bitcode = b""

    @classmethod
    def load(cls, codegen: Any, kept: tuple[str, str, tuple[bytes, bytes]], names: set[str]) -> Any:
        """The library that ``CompileResult._reduce`` kept; ``names``: what it defines."""
        name, _, (code, bitcode) = kept
        library = cls(codegen, name)
        library._bitcode = bitcode
        library.enable_object_caching()
        library._set_compiled_object(code)
        library._finalize_final_module()
        codegen._engine._defined_symbols |= names
        return library

    def _get_module_for_linking(self) -> Any:
        if self._shared_module is None:
            self._shared_module = parse_bitcode(self._bitcode)
        return self._shared_module


class _Kept(KeptResult):
    """What is kept of a compiled kernel: numba's own parts, and the names that it defines."""

    def reduce(self, result: Any) -> Any:
        module = result.library._get_module_for_linking()
        defined = {
            one.name for ones in (module.functions, module.global_variables) for one in ones
            if not one.is_declaration
        }  # fmt: skip
        return defined, result._reduce()

    def rebuild(self, context: Any, kept: Any) -> Any:
        names, (code, about, environment, signature, object_mode, lifted, types, again, others) = (
            kept
        )
        for function in again:
            function()
        library = LoadedLibrary.load(context.codegen(), code, names)
        result: Any = _result(
            target_context=context,
            typing_context=context.typing_context,
            library=library,
            environment=environment,
            entry_point=context.get_executable(library, about, environment),
            fndesc=about,
            type_annotation=types,
            signature=signature,
            objectmode=object_mode,
            lifted=lifted,
            typing_error=None,
            call_helper=None,
            metadata=None,
            reload_init=again,
            referenced_envs=others,
        )
        for other in others:
            library.codegen.set_env(other.env_name, other)
        return result


class KernelCache(StockCache):
    """The cache on disk, less the reading of what only a compilation needs."""

    _impl_class = _Kept

    def _get_ready(self, target_context: Any) -> None:
        """Nothing: a compiler that has to follow reads its own registries."""

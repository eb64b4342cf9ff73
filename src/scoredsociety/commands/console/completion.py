"""``scored completion SHELL``: what a shell needs to complete commands and options."""

from __future__ import annotations

from typing import Annotated

import typer

from scoredsociety.errors import UserError

VARIABLE = "_SCORED_COMPLETE"  # typer asks for completions by it
WHERE = {
    "bash": 'eval "$(scored completion bash)" in ~/.bashrc',
    "zsh": 'eval "$(scored completion zsh)" in ~/.zshrc',
    "fish": "scored completion fish > ~/.config/fish/completions/scored.fish",
}


def completion(
    shell: Annotated[str, typer.Argument(help="bash, zsh or fish.")],
) -> None:
    """Print what bash, zsh or fish needs to complete commands and options."""
    if shell not in WHERE:
        raise UserError(f"{shell}: there is completion for bash, zsh and fish")
    from typer.completion import get_completion_script  # type: ignore[attr-defined]

    print(get_completion_script(prog_name="scored", complete_var=VARIABLE, shell=shell))
    print(f"\n# to have it in every shell: {WHERE[shell]}")

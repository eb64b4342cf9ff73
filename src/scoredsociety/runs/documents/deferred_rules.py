"""Rules that wait for an answer of the operator: compiled before, dated when it comes (S3-20)."""

from __future__ import annotations

from scoredsociety.conduct.tables import AUTHORITY
from scoredsociety.engine.control.authority import AMENDED, EXTENDED
from scoredsociety.engine.inputs import Inputs
from scoredsociety.errors import UserError
from scoredsociety.runs.documents.dated_documents import Versions
from scoredsociety.scheme.compile.scheme_names import SchemeNames
from scoredsociety.scheme.compile.schemes import compile_schemes
from scoredsociety.scheme.tables import FAR, SchemeTables


def answered_schemes(
    versions: Versions, names: SchemeNames, *, limited: bool = True
) -> tuple[tuple[int, SchemeTables], ...]:
    """The rules that the operator may put in force in answer to its public, by kind of answer."""
    conduct = versions.conduct[0][1]
    return tuple(
        (kind, compile_schemes(versions.schemes, conduct, month, limited=limited)[0])
        for kind, month in zip((AMENDED, EXTENDED), FAR, strict=True)
        if month in names.changes
    )


def refuse_deaf(inputs: Inputs) -> None:
    """UserError for rules that wait for an answer which the operator never gives."""
    if inputs.answered and not any(one.forms[AUTHORITY] for _, one in inputs.responses):
        raise UserError(
            "a patch waits for an answer of the operator, who answers nothing: add "
            "--set response.authority.form=thresholds"
        )

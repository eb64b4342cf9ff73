"""The command ``scored``. Results on stdout, progress on stderr, exit codes 0, 1, 2, 130."""

from __future__ import annotations

import atexit
import gc
import io
import os
import sys
from typing import Annotated, Any

import typer

from scoredsociety.commands import ablate as ablate_
from scoredsociety.commands import catalogue, check, folders, studies
from scoredsociety.commands import compare as compare_
from scoredsociety.commands import explain as explain_
from scoredsociety.commands import questions as questions_
from scoredsociety.commands import report as report_
from scoredsociety.commands import run as run_
from scoredsociety.commands import societies as societies_
from scoredsociety.commands import story as story_
from scoredsociety.commands import verify as verify_
from scoredsociety.commands.console import completion as completion_
from scoredsociety.commands.console.screen import refuse
from scoredsociety.errors import Stopped, UserError

app = typer.Typer(
    name="scored",
    help="An open laboratory of social scoring: executable schemes on synthetic societies. "
    "Synthetic society, not a forecast.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


@app.callback(invoke_without_command=True)
def _scored(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """An open laboratory of social scoring. Synthetic society, not a forecast."""
    if version:
        from scoredsociety.version import __version__

        print(f"scored {__version__}")
        raise typer.Exit


app.command("run", rich_help_panel="Runs")(run_.run)
app.command("resume", rich_help_panel="Runs")(run_.resume)
app.command("explain", rich_help_panel="Runs")(explain_.explain)
app.command("runs", rich_help_panel="Runs")(folders.runs)
app.command("report", rich_help_panel="Runs")(report_.report)
app.command("export", rich_help_panel="Runs")(folders.export)
app.command("verify", rich_help_panel="Runs")(verify_.verify)
app.command("rerun", rich_help_panel="Runs")(verify_.rerun)
app.command("compare", rich_help_panel="Questions")(compare_.compare)
app.command("questions", rich_help_panel="Questions")(questions_.questions)
app.command("story", rich_help_panel="Questions")(story_.story)
app.command("sweep", rich_help_panel="Questions")(studies.sweep)
app.command("ablate", rich_help_panel="Questions")(ablate_.ablate)
app.command("branch", rich_help_panel="Questions")(studies.branch)
app.command("audit", rich_help_panel="Questions")(studies.audit)
app.command("constrain", rich_help_panel="Questions")(studies.constrain)
app.command("schemes", rich_help_panel="Documents")(catalogue.schemes)
app.command("societies", rich_help_panel="Documents")(societies_.societies)
app.command("conduct", rich_help_panel="Documents")(catalogue.conduct)
app.command("validate", rich_help_panel="Documents")(check.validate)
app.command("schemas", rich_help_panel="Documents")(check.schemas)
app.command("doctor", rich_help_panel="Documents")(folders.doctor)
app.command("completion", rich_help_panel="Documents")(completion_.completion)


_Misuse: Any = typer.BadParameter.__base__  # a wrong option, value or command


# Seconds after which a busy thread lets another in. The threads of a month need the interpreter
# for a moment between two blocks; at Python's 5 ms they would stand behind a library's import.
SWITCH_S = 0.0005


INTERRUPTED = 130  # as shells say it of what Ctrl-C ended


# Objects made before unreachable ones are looked for. At Python's 700 a start, which makes a
# million that stay, spends a fifth of its time on looking.
OBJECTS = 100_000


def main() -> None:
    """Run the command line; a user's mistake is one sentence and exit code 2."""
    sys.setswitchinterval(SWITCH_S)
    gc.set_threshold(OBJECTS)
    atexit.register(gc.freeze)  # the process ends: nor need they be looked for then
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # NumPy's: integers have no use for them
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # what a terminal cannot show is an escape
            stream.reconfigure(errors="backslashreplace")
    try:
        code = _run("--json" in sys.argv)
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # the reader of a pipe has gone, as in `scored schemes | head`
        code = 1
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for number in (1, 2):
            os.dup2(nowhere, number)
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _run(as_json: bool) -> int:
    """The exit code of what was asked for; what goes wrong is said."""
    if completion_.VARIABLE in os.environ:  # a shell asks what could stand here
        from typer.completion import completion_init  # type: ignore[attr-defined]

        completion_init()
    try:
        return int(app(standalone_mode=False, prog_name="scored") or 0)
    except Stopped as error:
        refuse(str(error), as_json)
        return INTERRUPTED
    except UserError as error:
        refuse(str(error), as_json)
        return 2
    except _Misuse as error:
        if len(sys.argv) == 1:  # no command: the help stands on stdout already
            return 2
        named = error.ctx.command_path if error.ctx else "scored"
        refuse(f"{error.format_message().rstrip('.')}; see `{named} --help`", as_json)
        return 2
    except (typer.Abort, KeyboardInterrupt):  # Ctrl-C
        refuse("stopped", as_json)
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except OSError as error:  # a full disk, a folder that is not ours to read
        where = f"{error.filename}: " if error.filename else ""
        refuse(f"{where}{error.strerror or error}", as_json)
        return 2


if __name__ == "__main__":
    main()

"""The command line: `govner`. One module a command; the work is done elsewhere."""

from __future__ import annotations

import os
import sys

import typer
from rich.console import Console

from govner.cli import (
    audit,
    benchmark,
    card,
    clean,
    compare,
    corpus,
    evaluate,
    evaluate_records,
    experiment,
    explain,
    info,
    package,
    records,
    schema,
    suggest,
    tag,
    train,
    view,
)
from govner.errors import InputError

app = typer.Typer(
    name="govner",
    help="Read Chinese government information-disclosure reports: train, evaluate and apply the model.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
train.register(app)
evaluate.register(app)
evaluate_records.register(app)
tag.register(app)
clean.register(app)
view.register(app)
records.register(app)
audit.register(app)
compare.register(app)
schema.register(app)
explain.register(app)
suggest.register(app)
benchmark.register(app)
experiment.register(app)
card.register(app)
package.register(app)
info.register(app)
app.add_typer(corpus.app, name="corpus")


def main() -> None:
    """Run the command line; a mistake of the user's ends in one line and exit code 2."""
    try:
        app()
    except InputError as error:
        _fail(str(error))
    except BrokenPipeError:
        # The reader of our output went away (`govner ... | head`); nothing is left to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        if error.filename is None:
            raise
        _fail(f"{error.filename}: {error.strerror}; check the path, its permissions and free space")


def _fail(message: str) -> None:
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"[red]error:[/red] {_escape(message)}")
    sys.exit(2)


def _escape(message: str) -> str:
    """One line, with rich's markup taken literally."""
    return " ".join(message.split()).replace("[", r"\[")

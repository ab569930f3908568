"""The group of commands: loads a command when it is called, and turns every way of failing into words and a code."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Sequence
from dataclasses import field
from importlib import import_module
from typing import Any, NoReturn

import click

from stratagem.dsl.record import record
from stratagem.engine.cli.exits import FINDINGS, FINE, INTERNAL, WRONG_USE, Refused
from stratagem.engine.cli.settings import TABLE, Settings, find_settings

COMMANDS = {
    "init": "Start a strategy, or copy one from the library.",
    "profile": "Propose source and field lines for data files.",
    "check": "Find mistakes in a strategy.",
    "fmt": "Lay a strategy out in the one way everybody reads.",
    "test": "Run the tests that stand in a strategy.",
    "plan": "Decide for all customers: the main job.",
    "decide": "Decide for one customer.",
    "explain": "Say why a customer gets this action, and not that one.",
    "diagnose": "Say what a strategy still lacks.",
    "graph": "Draw how the rules hang together.",
    "show": "Show any stage on the way from text to plan.",
    "lsp": "Serve an editor: completion, hover, renaming and all the rest.",
    "docs": "Say what a code, a statement or a word means.",
    "schema": "Publish the JSON schema of what a command prints.",
}
"""Each is the module of that name under `commands`; the sentence is here so that `--help` loads none of them."""

UNWRITTEN = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
"""Why standard output takes no more; a fault with a file of its own names the file."""


@record(frozen=False)
class Session:
    """What holds for one call of the command."""

    debug: bool = False
    settings: Settings = field(default_factory=Settings)
    last: bool = False
    """The process ends with this call."""
    command: str = "stratagem"
    """What was called: the group, or the group and its command."""


class App(click.Group):
    """A group whose commands are imported when they are first asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its own module; None for a name that is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"{__package__}.commands.{cmd_name}").command
        gc.enable()
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was called; for an unknown one the message offers what is near."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise Refused(f"there is no command {args[0]!r}.", _nearest(args[0]))
        if isinstance(ctx.obj, Session) and args[0] in COMMANDS:
            ctx.obj.command = f"{ctx.info_name} {args[0]}"
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = "stratagem", last: bool = False, **extra: Any
    ) -> NoReturn:
        """Run a command line and end the process: 0 fine, 1 findings, 2 wrong use, 3 an internal fault."""
        extra["standalone_mode"] = False
        session = Session(last=last)
        try:
            result = super().main(args, prog_name, obj=session, **extra)
            sys.stdout.flush()
            code = result if isinstance(result, int) else FINE
        except Exception as fault:
            code = _ended(fault, session)
        except KeyboardInterrupt:
            code = _ended(click.Abort(), session)
        sys.exit(code)


def _nearest(word: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, 1)
    return f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(COMMANDS)}."


def _ended(fault: BaseException, session: Session) -> int:
    """Say what went wrong, in one or two lines on standard error; the exit code that goes with it."""
    match fault:
        case Refused():
            _say(_sentence(fault.message), fault.help)
            return fault.code
        case click.exceptions.NoArgsIsHelpError():
            click.echo(fault.format_message(), err=True)
            return fault.exit_code
        case click.BadParameter() if _is_a_setting(fault):
            assert fault.param is not None
            _say(_sentence(f"{session.settings.file}: the setting {fault.param.name!r} under {TABLE}: {fault.message}"))
            return fault.exit_code
        case click.UsageError():
            _say(_sentence(fault.format_message()), f"see '{session.command} --help'.")
            return fault.exit_code
        case click.ClickException():
            _say(_sentence(fault.format_message()))
            return fault.exit_code
        case click.Abort():
            _say("stopped.")
            return FINDINGS
        case BrokenPipeError():
            _leave_the_pipe()
            return FINDINGS
        case OSError(errno=errno.ENAMETOOLONG):
            _say("a name is too long for a file or folder of this machine.")
            return WRONG_USE
        case OSError() if _homeless():
            _say("the folder you are in is not there any more.", "change to one that is: cd FOLDER")
            return WRONG_USE
        case OSError(filename=None) if fault.errno in UNWRITTEN:
            _say(f"standard output cannot be written: {(fault.strerror or '').lower()}.")
            return WRONG_USE
    return _internal(fault, session)


def _internal(fault: BaseException, session: Session) -> int:
    """A fault of ours. Its text may hold values of customers, so only its kind and place are said."""
    import traceback

    if session.debug:
        traceback.print_exception(fault, file=sys.stderr)
        return INTERNAL
    frames = [
        f for f in traceback.extract_tb(fault.__traceback__) if f"{os.sep}site-packages{os.sep}" not in f.filename
    ]
    place = f" at {'/'.join(frames[-1].filename.split(os.sep)[-2:])}:{frames[-1].lineno}" if frames else ""
    _say(
        f"an internal fault ({type(fault).__name__}{place}). This is a mistake in stratagem, not in your strategy.",
        "report it with this line, the output of 'stratagem --version' and the command; --debug shows the whole trace.",
    )
    return INTERNAL


def _say(message: str, help: str = "") -> None:
    try:
        click.echo(f"stratagem: {message}", err=True)
        if help:
            click.echo(f"  help: {help}", err=True)
    except OSError:
        pass


def _homeless() -> bool:
    """Was the working folder deleted, or closed to us, by somebody else."""
    try:
        os.getcwd()
    except OSError:
        return True
    return False


def _is_a_setting(fault: click.BadParameter) -> bool:
    """Does the wrong value stand in the settings, and was not typed."""
    name = fault.param.name if fault.param else None
    if fault.ctx is None or name is None:
        return False
    return fault.ctx.get_parameter_source(name) is click.core.ParameterSource.DEFAULT_MAP


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else text + "."


def _leave_the_pipe() -> None:
    """The reader has gone (`| head`): nothing more may be written, not even when Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
    finally:
        os.close(nowhere)


def _version(ctx: click.Context, param: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        from stratagem import __version__

        click.echo(f"stratagem {__version__}, language 1, Python {sys.version.split()[0]}")
        ctx.exit()


@click.group("stratagem", cls=App, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Say the version.")
@click.pass_context
def app(ctx: click.Context) -> None:
    """A customer strategy, written as plain text, checked, run and explained.

    Every command takes a strategy file or a folder. Settings may stand in pyproject.toml under [tool.stratagem].
    Exit codes: 0 fine, 1 findings, 2 wrong use, 3 an internal fault.
    """
    if not {"-h", "--help"} & set(ctx.args + list(ctx._protected_args)):
        settings = find_settings()
        ctx.default_map = settings.defaults()
        if isinstance(ctx.obj, Session):
            ctx.obj.settings = settings

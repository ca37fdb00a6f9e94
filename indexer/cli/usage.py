"""Commands, options and arguments that speak the language of the run, and their errors of usage.

Their help texts are codes of `messages/`, written out when they are shown.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

import click
from click.exceptions import NoArgsIsHelpError

from indexer.cli.speech import choose_language, say
from indexer.errors import ConfigError

WRONG_USAGE = 2
_ABORTED = 1
_Function = TypeVar("_Function", bound=Callable[..., Any])


def option(*names: str, says: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Return the decorator that adds an option; `says` is the code of its help."""
    return click.option(*names, cls=SpeakingOption, help=says, **attributes)


def argument(name: str, *, says: str, **attributes: Any) -> Callable[[_Function], _Function]:
    """Return the decorator that adds an argument; `says` is the code of its help."""
    return click.argument(name, cls=SpeakingArgument, says=says, **attributes)


class UsageFault(click.UsageError):
    """An error of usage whose message is a sentence in the language of the run."""


class SpeakingOption(click.Option):
    """An option whose help is a code."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return what the help of the command shows of the option."""
        code, self.help = self.help, say(self.help) if self.help else None
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = code


class SpeakingArgument(click.Argument):
    """An argument with a help text of its own, the code `says`."""

    def __init__(self, *names: Any, says: str, **attributes: Any) -> None:
        super().__init__(*names, **attributes)
        self.says = says

    def get_help_record(self, ctx: click.Context) -> tuple[str, str]:
        """Return what the help of the command shows of the argument."""
        return self.make_metavar(ctx), say(self.says)


class SpeakingCommand(click.Command):
    """A command whose help is a code."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help text of the command."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(say(self.help))

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the list of commands shows of this one."""
        return say(self.help) if self.help else ""


class SpeakingGroup(SpeakingCommand, click.Group):
    """A group of commands whose errors of usage are said in the language of the run."""

    command_class = SpeakingCommand

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command; an error of usage ends in a clear line and exit code 2."""
        run = partial(super().main, args, prog_name, complete_var, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        try:
            choose_language(sys.argv[1:] if args is None else args, os.environ)
            code: object = run()
        except ConfigError as error:
            click.echo(say("cli.error", message=error.message), err=True)
            sys.exit(WRONG_USAGE)
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "nianbao"
            click.echo(say("cli.usage.error", message=describe(error), command=command), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo(say("cli.usage.aborted"), err=True)
            sys.exit(_ABORTED)
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; UsageError lists those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            known = tuple(self.list_commands(ctx))
            raise UsageFault(say("cli.usage.no_command", name=args[0], known=known), ctx)
        return super().resolve_command(ctx, args)


class QueryCommand(SpeakingCommand):
    """A command whose argument is a query: `-微信 公开` is one, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments with all that is no option of the command as the query."""
        return super().parse_args(ctx, [*self._split(args, ctx)])

    def _split(self, args: Sequence[str], ctx: click.Context) -> list[str]:
        options = {name: option for option in self.get_params(ctx) for name in option.opts}
        chosen: list[str] = []
        query: list[str] = []
        rest = list(args)
        while rest and (arg := rest.pop(0)) != "--":
            option = self._option_of(arg, options)
            if option is not None:
                chosen.append(arg)
                if _takes_next(option, arg):
                    chosen += rest[:1]
                    del rest[:1]
            else:
                (chosen if _looks_like_option(arg) else query).append(arg)
        return [*chosen, "--", *query, *rest]

    @staticmethod
    def _option_of(arg: str, options: Mapping[str, click.Parameter]) -> click.Parameter | None:
        return options.get(arg.partition("=")[0]) if arg.startswith("-") else None


def _takes_next(option: click.Parameter, arg: str) -> bool:
    """Say whether the value of an option is the argument that follows it."""
    return isinstance(option, click.Option) and not option.is_flag and "=" not in arg


def _looks_like_option(arg: str) -> bool:
    """Say whether an unknown argument is a misspelt option rather than words to leave out."""
    return arg.startswith("--") and arg[2:3].isascii() and arg[2:3].isalpha()


def describe(error: click.ClickException) -> str:
    """Return an error of usage as a sentence."""
    match error:
        case click.NoSuchOption():
            return _describe_no_option(error)
        case click.MissingParameter():
            return say("cli.usage.missing", name=_name(error))
        case click.BadOptionUsage():
            return say("cli.usage.option_value", name=error.option_name)
        case click.BadParameter():
            return say("cli.usage.bad_value", name=_name(error), reason=_reason(error))
        case click.FileError():
            return say("cli.usage.cannot_open", file=error.filename)
        case UsageFault():
            return error.message
    if "unexpected extra" in error.message:
        arguments = error.message.partition("(")[2].rstrip(")")
        return say("cli.usage.extra", arguments=arguments)
    return say("cli.usage.wrong", message=error.message)


def _describe_no_option(error: click.NoSuchOption) -> str:
    if not error.possibilities:
        return say("cli.usage.no_option", name=error.option_name)
    near = tuple(error.possibilities)
    return say("cli.usage.no_option_but", name=error.option_name, near=near)


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return say("cli.usage.argument")
    if isinstance(error.param, click.Option):
        return "/".join(error.param.opts)
    metavar = error.param.metavar
    return metavar or error.param.human_readable_name.upper()


def _reason(error: click.BadParameter) -> str:
    match error.param.type if error.param else None:
        case click.IntRange() as kind:
            least, most = kind.min or 0, kind.max or 0
            return say("cli.usage.whole_between", least=int(least), most=int(most))
        case click.types.IntParamType():
            return say("cli.usage.whole")
        case click.Path():
            return say("cli.usage.no_file")
        case click.Choice() as kind:
            return say("cli.usage.choices", choices=tuple(map(str, kind.choices)))
    return error.message.rstrip("。.")

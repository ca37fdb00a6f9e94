"""What is wrong with a command line, in Chinese; and queries that begin with a minus sign."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

_ABORTED = 1


class ChineseGroup(click.Group):
    """A group of commands whose errors of usage are said in Chinese."""

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
            code: object = run()
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(error.exit_code)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            command = context.command_path if context else "nianbao"
            click.echo(f"错误：{describe(error)}用法见 {command} --help。", err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("已中止。", err=True)
            sys.exit(_ABORTED)
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is named; UsageError lists those there are."""
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            named = f"没有名叫 {args[0]} 的命令。可用的有：{'、'.join(self.list_commands(ctx))}。"
            raise click.UsageError(named, ctx)
        return super().resolve_command(ctx, args)


class QueryCommand(click.Command):
    """A command whose argument is a query: `-微信 公开` is one, and no option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments with all that is no option of the command as the query."""
        return super().parse_args(ctx, [*self._split(args, ctx)])

    def _split(self, args: Sequence[str], ctx: click.Context) -> list[str]:
        options = {name: option for option in self.get_params(ctx) for name in option.opts}
        chosen: list[str] = []
        query: list[str] = []
        rest = list(args)
        while rest:
            arg = rest.pop(0)
            name, equals, _ = arg.partition("=")
            option = options.get(name) if name.startswith("-") else None
            if arg == "--":
                query += rest
                break
            if option is not None and (equals or arg == name):
                chosen.append(arg)
                takes = isinstance(option, click.Option) and not option.is_flag and not equals
                chosen += [rest.pop(0)] if takes and rest else []
            elif _looks_like_option(arg):
                chosen.append(arg)
            else:
                query.append(arg)
        return [*chosen, "--", *query]


def _looks_like_option(arg: str) -> bool:
    """Say whether an unknown argument is a misspelt option rather than words to leave out."""
    return arg.startswith("--") and arg[2:3].isascii() and arg[2:3].isalpha()


def describe(error: click.ClickException) -> str:
    """Return an error of usage as a Chinese sentence."""
    match error:
        case click.NoSuchOption():
            near = f"是否想写 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有名叫 {error.option_name} 的选项。{near}"
        case click.MissingParameter():
            return f"缺少 {_name(error)}。请写上。"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面没有值，或不该有值。"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{_reason(error)}。"
        case click.FileError():
            return f"打不开文件 {error.filename}。"
        case _:
            return _ended(error.message)


def _name(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    if isinstance(error.param, click.Option):
        return "/".join(error.param.opts)
    metavar = error.param.metavar
    return metavar or error.param.human_readable_name.upper()


def _reason(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"应是 {kind.min} 到 {kind.max} 的整数"
    if isinstance(kind, click.types.IntParamType):
        return "应是整数"
    if isinstance(kind, click.Path):
        return "没有这个文件或文件夹"
    if isinstance(kind, click.Choice):
        return f"可用的有 {'、'.join(map(str, kind.choices))}"
    return error.message.rstrip("。.")


def _ended(message: str) -> str:
    """Return a message as a sentence, with a Chinese lead before the library's English."""
    if "unexpected extra" in message:
        return f"多写了参数{message.partition('(')[2].rstrip(')').join('“”')}。"
    return f"命令写得不对：{message}。" if message.isascii() else message

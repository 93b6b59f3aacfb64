"""The command line: every command, argument and option."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import typer
from typer.main import get_command

from docs.generator.wording import UndocumentedError, require, write_code, write_table
from etl import Snapshot
from footnoted.__main__ import app

FILE, TITLE = "command-line.md", "Command line"
ABOUT = "every command of `footnoted`, with its options"
KINDS = {"Path": "path", "str": "text", "int": "whole number", "float": "number", "date": "day"}


def write(_snapshot: Snapshot) -> str:
    """The whole program."""
    return write_program("footnoted", app)


def write_program(name: str, app: typer.Typer) -> str:
    """Every command of a program.

    Raises: UndocumentedError for a program, command, argument or option without help.
    """
    group = get_command(app)
    parts = [f"## {name}\n\n{require(group.help, of=name)}"]
    parts += [_write_command(called, command) for called, command in _list_commands(name, group)]
    return "\n\n".join(parts)


def _list_commands(name: str, group: Any) -> Iterator[tuple[str, Any]]:
    for own, command in sorted(group.commands.items()):
        if getattr(command, "commands", None):
            require(command.help, of=f"{name} {own}")
            yield from _list_commands(f"{name} {own}", command)
        else:
            yield f"{name} {own}", command


def _write_command(called: str, command: Any) -> str:
    rows = [_describe(parameter, called) for parameter in command.params]
    heading = f"### {called}\n\n{require(command.help, of=called)}"
    if not rows:
        return heading
    return f"{heading}\n\n{write_table(('option', 'takes', 'default', 'what it does'), rows)}"


def _describe(parameter: Any, called: str) -> tuple[str, str, str, str]:
    is_option = parameter.opts[0].startswith("-")
    name = ", ".join(parameter.opts) if is_option else (parameter.metavar or parameter.opts[0].upper())
    text = require(parameter.help, of=f"{called} {name}")
    variable = f" Or the variable {write_code(str(parameter.envvar))}." if parameter.envvar else ""
    default = "required" if parameter.required else _format_default(parameter.default)
    return write_code(name), _format_kind(parameter), default, f"{text}{variable}"


def _format_kind(parameter: Any) -> str:
    annotation = parameter.type_descriptor.annotation
    if getattr(parameter, "is_flag", False):
        return "nothing"
    if get_origin(annotation) is Literal:
        return "one of " + ", ".join(write_code(value) for value in get_args(annotation))
    if get_origin(annotation) is list:
        return f"{_name_kind(get_args(annotation)[0], parameter)}, several"
    return _name_kind(annotation, parameter)


def _name_kind(annotation: type, parameter: Any) -> str:
    if annotation.__name__ not in KINDS:
        raise UndocumentedError(
            f"{parameter.name} takes {annotation.__name__}, which has no word. "
            "Add it to KINDS in docs/generator/pages/command_line.py."
        )
    return KINDS[annotation.__name__]


def _format_default(default: Any) -> str:
    return "" if default is None or default is False or callable(default) else write_code(str(default))

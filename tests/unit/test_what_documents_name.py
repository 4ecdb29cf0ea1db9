"""What the documents tell an operator to type and to look for is there."""

import re
from collections import Counter
from itertools import product
from pathlib import Path
from typing import Final

import pytest
from prometheus_client.metrics import MetricWrapperBase
from typer.core import TyperGroup
from typer.main import get_command

from service import cli, metrics
from service.setting_forms import FORMS

ROOT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = ("README.md", "deploy/RUNBOOK.md", "CHANGELOG.md")
TEXT: Final = "\n".join((ROOT / name).read_text() for name in DOCUMENTS)
CODE: Final = "\n".join(
    path.read_text()
    for package in ("projections", "service")
    for path in sorted((ROOT / package).rglob("*.py"))
)
SETI: Final = re.compile(r"(?:`|^)(?:\.venv/bin/)?seti ((?:[^`\n#|]|\|(?! )|\\\n)+)", re.MULTILINE)
COMMANDS: Final = sorted({" ".join(typed.split()) for typed in SETI.findall(TEXT)})
SETTINGS: Final = sorted(set(re.findall(r"\bSETI_[A-Z_]+[A-Z]\b", TEXT)))
METRICS: Final = sorted(set(re.findall(r"`(seti_[a-z_]+)`", TEXT)))
ROOMS: Final = "breaker|deadline|delivery|endpoint|fan_out|log|outcomes|replay|seals|views"
LINES: Final = sorted(set(re.findall(rf"`((?:{ROOMS})\.[a-z_]+)`", TEXT)))
# As long as that, a line says something of its own.
TELLING: Final = 60
APP: Final = get_command(cli.app)


def one_by_one(typed: str) -> list[list[str]]:
    """Return the commands that *typed* stands for: `replay pause|resume` are two."""
    words = [word.split("|") for word in re.sub(r"[\[\]\\]", " ", typed).split()]
    return [list(each) for each in product(*words)]


@pytest.mark.parametrize("typed", COMMANDS)
def test_commands_can_be_typed(typed: str) -> None:
    """Every command that is named is there, and takes every flag that it is named with."""
    for words in one_by_one(typed):
        command = APP
        while isinstance(command, TyperGroup) and words and not words[0].startswith("-"):
            assert words[0] in command.commands
            command = command.commands[words.pop(0)]
        taken = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= taken


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_are_read(name: str) -> None:
    """Every setting that is named is one."""
    assert name.removeprefix("SETI_").lower() in FORMS


@pytest.mark.parametrize("name", METRICS)
def test_metrics_are_told(name: str) -> None:
    """Every metric that is named is told."""
    known = [one for one in vars(metrics).values() if isinstance(one, MetricWrapperBase)]
    told = {family.name: family.type for one in known for family in one.describe()}
    assert name in told or told[name.removesuffix("_total")] == "counter"


@pytest.mark.parametrize("line", LINES)
def test_lines_are_written(line: str) -> None:
    """Every line of the log that is to be looked for is written somewhere."""
    assert f'"{line}"' in CODE


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_is_told_twice(name: str) -> None:
    """A heading, or a sentence's worth of text on a line, stands once in a document."""
    lines = (ROOT / name).read_text().splitlines()
    told = [line for line in lines if len(line) > TELLING and not line.startswith("seti ")]
    headings = [line for line in lines if line.startswith("## ")]
    assert [line for line, times in Counter([*told, *headings]).items() if times > 1] == []

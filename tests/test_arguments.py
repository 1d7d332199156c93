import subprocess
import sys

import pytest

from harbortui import __version__
from harbortui.arguments import Flags, parse


@pytest.mark.parametrize(
    ("line", "flags"),
    [
        ("", Flags()),
        ("prod", Flags(place="prod")),
        ("https://harbor.example.com", Flags(place="https://harbor.example.com")),
        ("prod :logs", Flags(place="prod", start=":logs")),
        (":repos library /nginx", Flags(start=":repos library /nginx")),
        ("prod --read-only :repos library", Flags("prod", ":repos library", read_only=True)),
        ("--demo", Flags(demo="small")),
        ("--demo :projects", Flags(demo="small", start=":projects")),
        ("--demo=large", Flags(demo="large")),
        ("--demo=user", Flags(demo="user")),
        ("--profile prod --username admin", Flags(profile="prod", username="admin")),
        ("--url http://127.0.0.1:8080", Flags(url="http://127.0.0.1:8080")),
        ("--username=robot$x", Flags(username="robot$x")),
        ("--password-stdin --plain-output", Flags(password_stdin=True, plain_output=True)),
    ],
)
def test_every_form_of_the_command_line_is_understood(line, flags):
    assert parse(line.split()) == flags


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("a b", "a start screen begins with a colon: :b"),
        ("--demo=tiny", "invalid choice: 'tiny'"),
        ("--demo prod", "--demo is a place of its own"),
        ("--demo --url https://x", "--demo is a place of its own"),
        ("--url", "expected one argument"),
        ("--read", "there is no --read\n"),
        ("--pasword=hunter2", "there is no --pasword\n"),
        ("--secret hunter2 :logs hunter2", "there is no --secret"),
        ("--password hunter2", "there is no --password:"),
        ("--password=hunter2", "there is no --password:"),
        ("-phunter2", "there is no --password:"),
        ("prod -p hunter2", "there is no --password:"),
    ],
)
def test_a_mistake_is_said_and_no_value_repeated(capsys, line, says):
    with pytest.raises(SystemExit) as ended:
        parse(line.split())
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert says in said
    assert "hunter2" not in said


def test_version_and_help_end_well(capsys):
    for flag, says in (("--version", f"harbortui {__version__}\n"), ("--help", "--read-only")):
        with pytest.raises(SystemExit) as ended:
            parse([flag])
        assert ended.value.code == 0
        assert says in capsys.readouterr().out


def test_every_flag_and_variable_is_in_the_help(capsys):
    with pytest.raises(SystemExit):
        parse(["-h"])
    text = capsys.readouterr().out
    assert "harbortui doctor" in text and "harbortui logs" in text
    for name in Flags._fields[2:]:
        assert f"--{name.replace('_', '-')}" in text
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii(), "a terminal without UTF-8 wants help, too"


def test_asking_for_help_loads_nothing_that_takes_time():
    code = "import sys, harbortui.arguments; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    names = set(loaded.stdout.split())
    assert "argparse" in names
    assert not names & {"textual", "httpx", "pydantic", "asyncio", "dataclasses", "platformdirs"}

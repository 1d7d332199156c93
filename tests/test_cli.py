"""The installed program, from its command line to its exit code, on a real terminal."""

import os
import re
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
import trustme

from harbortui import __version__
from harbortui.demo import DemoHarbor

from .bridge import bridged
from .installed import PROGRAM, QUIT, Installed, environment

PASSWORD = "Harbor12345"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def served() -> Iterator[str]:
    """The demo's address on this machine."""
    with bridged(DemoHarbor()) as port:
        yield f"http://127.0.0.1:{port}"


def test_with_a_password_in_the_environment_a_place_opens_unasked(home: Path, served: str) -> None:
    env = environment(home, HARBORTUI_PASSWORD=PASSWORD)
    with Installed(served, "--username", "admin", ":projects", env=env) as program:
        program.shows("42 projects")
        assert "admin · system administrator" in program.text()
        assert PASSWORD.encode() not in program.raw
        program.send(QUIT)
        assert program.exit_code() == 0
        assert program.remains() == []


def test_a_wrong_password_is_one_sentence_and_asked_for(home: Path, served: str) -> None:
    env = environment(home, HARBORTUI_PASSWORD="wrong")
    with Installed(served, "--username", "admin", env=env) as program:
        program.shows("wrong user name or password for admin")
        assert "Password" in program.text()


@pytest.mark.fault("F01")
def test_a_port_where_nobody_listens_is_named(home: Path) -> None:
    env = environment(home, HARBORTUI_PASSWORD=PASSWORD)
    with Installed("http://127.0.0.1:1", "--username", "admin", env=env) as program:
        program.until(lambda: "127.0.0.1:1" in program.text() and "refused" in program.text())


@pytest.fixture
def plain() -> Iterator[str]:
    """A port of http, which answers TLS as nginx does."""

    def serve(listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:  # the test is over
                return
            with connection:
                connection.recv(1000)
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve, args=(listener,))
        thread.start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(10)


@pytest.mark.fault("F09")
def test_https_against_http_says_which_it_is(home: Path, plain: str) -> None:
    env = environment(home, HARBORTUI_PASSWORD=PASSWORD)
    with Installed(f"https://{plain}", "--username", "admin", env=env) as program:
        program.shows("http://")
        program.shows("not https")


@pytest.mark.fault("F09")
def test_http_against_https_says_which_it_is(home: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    env = environment(home, HARBORTUI_PASSWORD=PASSWORD)
    with bridged(DemoHarbor(), tls) as port:
        address = f"http://127.0.0.1:{port}"
        with Installed(address, "--username", "admin", env=env) as program:
            program.shows("is it https:// there?")


@pytest.mark.fault("F56")
def test_thirty_columns_are_too_few_and_more_are_enough(home: Path) -> None:
    with Installed("--demo", ":labels", env=environment(home)) as program:
        program.resize(30, 8)
        program.shows("terminal too small")
        program.resize(90, 24)
        program.process.send_signal(signal.SIGWINCH)
        program.shows("7 labels")
        program.send(QUIT)
        assert program.exit_code() == 0


@pytest.mark.fault("F54")
def test_without_colour_the_cursor_is_still_seen(home: Path) -> None:
    with Installed("--demo", ":labels", env=environment(home, NO_COLOR="1")) as program:
        program.shows("7 labels")
        program.shows("approved")
        colours = re.findall(rb"\x1b\[[\d;]*\b[34]8;[25];[\d;]*m", program.raw)
        assert colours == []
        assert re.search(rb"\x1b\[(?:\d+;)*7[;m]", program.raw)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        pytest.param(signal.SIGTERM, 143, marks=pytest.mark.fault("F41")),
        pytest.param(signal.SIGHUP, 129, marks=pytest.mark.fault("F42")),
        pytest.param(signal.SIGINT, 130, marks=pytest.mark.fault("F45")),
    ],
)
def test_a_signal_ends_it_with_its_code_and_a_restored_terminal(
    home: Path, number: int, code: int
) -> None:
    with Installed("--demo", env=environment(home)) as program:
        program.shows("NEEDS ATTENTION")
        program.process.send_signal(number)
        assert program.exit_code() == code
        assert program.remains() == []


def run(home: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run it without a terminal."""
    return subprocess.run(
        [*PROGRAM, *arguments],
        env=environment(home, **more),
        cwd=home,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.fault("F51")
def test_without_a_terminal_it_says_what_to_use_instead(home: Path) -> None:
    ended = run(home, "--demo")
    assert ended.returncode == 2
    assert ended.stderr.startswith("harbortui: Standard input is not a terminal.")
    assert ended.stdout == ""


@pytest.mark.fault("F52")
def test_with_standard_input_closed_it_says_so_too(home: Path) -> None:
    closed = ("sh", "-c", 'exec "$@" <&-', "sh", *PROGRAM, "--demo")
    ended = subprocess.run(
        closed, env=environment(home), cwd=home, capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert ended.returncode == 2
    assert ended.stderr.startswith("harbortui: Standard input is not a terminal.")
    assert "Traceback" not in ended.stderr


@pytest.mark.fault("F53")
def test_a_dumb_terminal_is_refused(home: Path) -> None:
    with Installed("--demo", env=environment(home, TERM="dumb")) as program:
        assert program.exit_code() == 2
        assert b"TERM=dumb names a terminal without a cursor" in program.raw
        assert b"\x1b" not in program.raw


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ftp://harbor.example.com",), "https:// or http://"),
        (("http://harbor.example.com",), "would send the password unprotected over http"),
        (("nowhere",), "There is no profile nowhere"),
    ],
)
def test_a_place_that_cannot_be_is_a_sentence_and_an_exit_code(
    home: Path, arguments: tuple[str, ...], words: str
) -> None:
    with Installed(*arguments, env=environment(home)) as program:
        assert program.exit_code(20) == 2
        said = program.raw.decode().rpartition("\x1b")[2]
        assert words in said or words in program.raw.decode()
        assert program.remains() == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("--version",), 0, __version__),
        (("--help",), 0, "harbortui [PROFILE | URL] [:SCREEN] [flags]"),
        (("--nonsense",), 2, "there is no --nonsense"),
        (("--password", "hunter2"), 2, "there is no --password"),
    ],
)
def test_flags_need_no_terminal(
    home: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    ended = run(home, *arguments)
    assert ended.returncode == code
    assert words in ended.stdout + ended.stderr
    assert "hunter2" not in ended.stdout + ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_command_is_installed(home: Path) -> None:
    command = Path(PROGRAM[0]).with_name("harbortui")
    if not command.exists():
        pytest.skip("the package is not installed beside this interpreter")
    ended = subprocess.run(
        [command, "--version"],
        env={**environment(home), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert __version__ in ended.stdout

"""Docker's programs and its file: passwords for this Harbor and this user, and for nobody else."""

import json
from pathlib import Path

import pytest

from harbortui.credentials import Found, docker, find
from harbortui.profile import Profile

from .test_credentials import ADMIN, ANYBODY, SECRET, auth, config, environ, home, program, secret

__all__ = ["environ", "home"]


KNOWS = """\
read key
case "$key" in
  {key}) echo '{{"ServerURL": "'"$key"'", "Username": "admin", "Secret": "{secret}"}}';;
  *) echo "credentials not found in native keychain"; exit 1;;
esac"""


@pytest.mark.parametrize(
    "key", ["harbor.example.com:443", "harbor.example.com", "https://harbor.example.com"]
)
@pytest.mark.parametrize("by_host", [False, True])
def test_dockers_program_is_asked_under_each_name(home, environ, key, by_host):
    program(home, "docker-credential-fake", KNOWS.format(key=key, secret=SECRET))
    if by_host:
        config(home, credHelpers={key: "fake"}, credsStore="missing")
    else:
        config(home, credsStore="fake")
    for profile in (ADMIN, ANYBODY):
        found = find(profile, environ)
        assert secret(found) == SECRET
        assert found.credential.username == "admin"
        assert found.credential.source == "docker-credential-fake"


def test_that_dockers_program_knows_nothing_is_no_error(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="elsewhere", secret=SECRET))
    config(home, credsStore="fake")
    assert find(ADMIN, environ) == Found()


def test_somebody_elses_password_is_not_tried(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="harbor.example.com", secret=SECRET))
    config(home, credsStore="fake")
    found = find(ADMIN.model_copy(update={"username": "bob"}), environ)
    assert found == Found(None, ("docker-credential-fake knows admin here, not bob.",))


@pytest.mark.parametrize(
    ("script", "says"),
    [
        ("exec sleep 60", "did not end within 0.2 s"),
        ("head -c 1048576 /dev/zero", "wrote more than 64 KiB"),
        ("echo hunter2; echo hunter2 >&2; exit 1", "exit code 1; try: echo harbor.example.com:443"),
        ("echo '{'", "did not answer as docker wants it"),
        ("echo '[]'", "did not answer as docker wants it"),
        ("""echo '"hunter2"'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "admin"}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "admin", "Secret": ""}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": 1, "Secret": "hunter2"}'""", "did not answer as docker wants it"),
        ("""echo '{"Username": "<token>", "Secret": "hunter2"}'""", "identity token, not a"),
        (r"printf '\377'", "did not answer as docker wants it"),
    ],
)
def test_dockers_program_that_fails_says_so_in_our_words(
    monkeypatch, capfd, home, environ, script, says
):
    monkeypatch.setattr(docker, "SECONDS", 0.2 if "sleep" in script else 10)
    program(home, "docker-credential-fake", script)
    config(home, credsStore="fake")
    found = find(ADMIN, environ)
    assert found.credential is None
    assert len(found.problems) == 1
    assert says in found.problems[0]
    assert "hunter2" not in found.problems[0] + "".join(capfd.readouterr())


@pytest.mark.parametrize("name", ["missing", "../../bin/sh", "a b", "\x1b[31m"])
def test_dockers_program_that_is_not_there_says_so(home, environ, name):
    config(home, credsStore=name)
    (problem,) = find(ADMIN, environ).problems
    assert "which is not there" in problem
    assert problem.isprintable()


def test_a_program_in_a_folder_below_is_not_dockers(monkeypatch, home, environ):
    (home / "docker-credential-x").mkdir()
    Path(program(home, "evil", "touch ran")).rename(home / "docker-credential-x" / "evil")
    monkeypatch.chdir(home)
    config(home, credsStore="x/evil")
    assert "which is not there" in find(ADMIN, environ).problems[0]
    assert not (home / "ran").exists()


def test_a_password_may_say_anything(home, environ):
    text = KNOWS.format(key="harbor.example.com", secret="credentials not found")
    program(home, "docker-credential-fake", text)
    config(home, credHelpers={"harbor.example.com": "fake"})
    assert secret(find(ADMIN, environ)) == "credentials not found"


def test_dockers_folder_can_be_elsewhere(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="harbor.example.com", secret=SECRET))
    config(home, credsStore="fake").rename(home / "config.json")
    assert secret(find(ADMIN, environ | {"DOCKER_CONFIG": str(home)})) == SECRET


@pytest.mark.parametrize(
    ("text", "says"),
    [("{", "is no JSON"), ("[" * 100_000, "is no JSON"), (" " * 2**21, "is larger than")],
    ids=["broken", "nested", "large"],
)
def test_dockers_broken_file_is_a_problem(home, environ, text, says):
    config(home).write_text(text)
    assert says in find(ADMIN, environ).problems[0]


@pytest.mark.parametrize("values", [[], {"credHelpers": [], "auths": 1}, {"credsStore": None}])
def test_dockers_strange_file_is_no_problem(home, environ, values):
    path = config(home)
    path.write_text(json.dumps(values))
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_the_auth_file_is_read_only_where_the_profile_says_so(home, environ):
    path = config(home, auths={"harbor.example.com": auth(f"admin:{SECRET}:x")})
    assert find(ADMIN, environ) == Found()
    found = find(ANYBODY.model_copy(update={"auth_file": path}), environ)
    assert secret(found) == f"{SECRET}:x"
    assert found.credential.username == "admin"
    assert found.credential.source == str(path)


def test_a_program_for_the_host_replaces_the_auth_file(home, environ):
    program(home, "docker-credential-fake", KNOWS.format(key="elsewhere", secret=SECRET))
    auths = {"harbor.example.com": auth("admin:stale")}
    path = config(home, auths=auths, credHelpers={"harbor.example.com": "fake"})
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_an_auth_file_that_others_can_read_is_refused_with_the_cure(home, environ):
    path = config(home, auths={"https://harbor.example.com": auth(f"admin:{SECRET}")})
    path.chmod(0o644)
    found = find(ADMIN.model_copy(update={"auth_file": path}), environ)
    assert found.credential is None
    assert f"chmod 600 {path}" in found.problems[0]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({"auth": "%%%"}, "not what docker writes"),
        (auth("hunter2"), "not what docker writes"),
        ({"auth": "/zpodW50ZXIy"}, "not what docker writes"),
        (auth("admin:"), "empty password"),
        (auth("<token>:hunter2"), "identity token"),
        ({"identitytoken": "hunter2", "auth": "x"}, "identity token"),
        ({"registrytoken": "hunter2"}, "identity token"),
    ],
)
def test_an_entry_that_is_no_password_is_a_problem(home, environ, entry, says):
    path = config(home, auths={"harbor.example.com": entry})
    (problem,) = find(ADMIN.model_copy(update={"auth_file": path}), environ).problems
    assert says in problem
    assert "hunter2" not in problem


@pytest.mark.parametrize("entry", [{}, {"auth": ""}, "text", None])
def test_an_empty_entry_is_none(home, environ, entry):
    path = config(home, auths={"harbor.example.com": entry})
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_a_port_belongs_to_the_name(home, environ):
    path = config(home, auths={"harbor.example.com:8443": auth(f"admin:{SECRET}")})
    profile = Profile(url="https://harbor.example.com:8443", auth_file=path)
    assert secret(find(profile, environ)) == SECRET
    assert find(ADMIN.model_copy(update={"auth_file": path}), environ) == Found()


def test_a_token_is_not_looked_for_where_passwords_are(home, environ):
    path = config(home, auths={"harbor.example.com": auth(f"admin:{SECRET}")})
    profile = ANYBODY.model_copy(update={"sign_in": "bearer", "auth_file": path})
    assert find(profile, environ) == Found()
    assert secret(find(profile, environ | {"HARBORTUI_PASSWORD": "token"})) == "token"

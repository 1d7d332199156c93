"""The keyring, asked by a program of its own: what it knows, and when it does not answer."""

import sys

import pytest

from harbortui.credentials import Found, find, keyring

from .test_credentials import ADMIN, ANYBODY, SECRET, environ, home, secret

__all__ = ["environ", "home"]


KEYRING = """\
import sys, time
assert sys.argv[1:4] == ["get", "--", "harbortui:https://harbor.example.com"], sys.argv
{body}
"""


@pytest.fixture
def fake_keyring(monkeypatch, tmp_path, environ):
    """A `keyring` that python -m finds; its body is what the test says."""

    def install(body: str) -> dict[str, str]:
        (tmp_path / "keyring.py").write_text(KEYRING.format(body=body))
        monkeypatch.setattr(keyring, "find_spec", lambda _: True)
        return environ | {"PYTHONPATH": str(tmp_path)}

    return install


def test_the_keyring_is_asked_for_this_user_and_harbor(fake_keyring):
    environ = fake_keyring(f"print({SECRET!r} if sys.argv[4] == 'admin' else sys.exit(1))")
    found = find(ADMIN, environ)
    assert secret(found) == SECRET
    assert found.credential.source == "the keyring"
    assert find(ADMIN.model_copy(update={"username": "bob"}), environ) == Found()
    assert find(ANYBODY, environ) == Found()


@pytest.mark.parametrize("body", ["sys.exit(1)", "raise RuntimeError('hunter2')", "print()"])
def test_a_keyring_that_knows_nothing_or_fails_is_passed_over(capfd, fake_keyring, body):
    assert find(ADMIN, fake_keyring(body)) == Found()
    assert capfd.readouterr() == ("", "")


def test_a_keyring_that_waits_for_somebody_is_given_up(monkeypatch, fake_keyring):
    monkeypatch.setattr(keyring, "SECONDS", 0.2)
    found = find(ADMIN, fake_keyring("time.sleep(60)"))
    assert found == Found(None, ("The keyring did not end within 0.2 s.",))


def test_a_file_in_the_current_folder_is_not_taken_for_the_keyring(
    monkeypatch, fake_keyring, tmp_path
):
    environ = fake_keyring("print('from the current folder')")
    del environ["PYTHONPATH"]
    monkeypatch.chdir(tmp_path)
    assert find(ADMIN, environ) == Found()


def test_without_a_keyring_installed_none_is_started(monkeypatch, environ):
    monkeypatch.setattr(keyring, "find_spec", lambda _: None)
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    assert find(ADMIN, environ) == Found()

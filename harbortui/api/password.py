"""What Harbor takes as a password or as a robot's secret, said before it is sent."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, SecretStr, ValidationInfo

SHORTEST, LONGEST = 8, 128
RULE = "8 to 128 characters, with a capital letter, a small letter and a digit"


def weakness(text: str) -> str:
    """What Harbor has against a password (ASCII letters and digits count); empty: nothing."""
    if len(text) < SHORTEST:
        return f"too short: at least {SHORTEST} characters"
    if len(text) > LONGEST:
        return f"too long: at most {LONGEST} characters"
    wanted = {
        "a capital letter": any("A" <= one <= "Z" for one in text),
        "a small letter": any("a" <= one <= "z" for one in text),
        "a digit": any("0" <= one <= "9" for one in text),
    }
    missing = [name for name, found in wanted.items() if not found]
    return f"{' and '.join(missing)} must be in it" if missing else ""


def check(secret: SecretStr) -> SecretStr:
    """The password, or ValueError with what is wrong with it."""
    if wrong := weakness(secret.get_secret_value()):
        raise ValueError(wrong)
    return secret


def check_given(secret: SecretStr) -> SecretStr:
    """As `check`, but nothing is allowed too."""
    return check(secret) if secret.get_secret_value() else secret


def repeats(field: str) -> AfterValidator:
    """Marks a secret that must be the same as another one, which stands before it."""

    def compare(again: SecretStr, others: ValidationInfo) -> SecretStr:
        first = others.data.get(field)
        if first is not None and first.get_secret_value() != again.get_secret_value():
            raise ValueError("not the same as above")
        return again

    return AfterValidator(compare)


Password = Annotated[SecretStr, AfterValidator(check)]
GivenPassword = Annotated[SecretStr, AfterValidator(check_given)]
"""A password, or nothing."""

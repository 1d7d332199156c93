"""A profile: everything that is needed to reach one Harbor, except the secret."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from harbortui import address, paths
from harbortui.problems import SettingsError

NAME = re.compile(r"\w[\w.@+-]*")
COMMANDS = ("logs", "doctor")
ROBOT = "robot$"
OPEN = (
    "would send the password unprotected over http; use https, or set allow_http = true"
    " in a profile"
)
Authentication = Literal["session", "basic", "bearer"]


def _anchored(value: object, found: ValidationInfo) -> object:
    """A path with `~` and `$VARIABLES` in it, relative to the folder of the file it stands in."""
    if not isinstance(value, str) or not value:
        return value
    folder = (found.context or {}).get("folder", "")
    try:
        return Path(folder, Path(os.path.expandvars(value)).expanduser()).absolute()
    except RuntimeError as error:
        raise ValueError("~ stands for no home folder here") from error
    except FileNotFoundError as error:
        raise ValueError("the current folder is gone: give the whole path") from error


File = Annotated[Path, BeforeValidator(_anchored)]
Text = Annotated[str, Field(max_length=1000, pattern=r"^[^\x00-\x1f\x7f]*$")]


class Profile(BaseModel):
    """Where a Harbor is, who signs in, and how careful to be; `name` is empty for a bare URL."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: str = ""
    url: Annotated[str, AfterValidator(address.normal)]
    username: Text = ""
    sign_in: Authentication | None = None
    password_command: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    auth_file: File | None = None
    read_only: bool = False
    protected: bool = False
    refresh: Annotated[float, Field(ge=1, le=3600)] | None = None
    ca_file: File | None = None
    client_cert: File | None = None
    client_key: File | None = None
    insecure: bool = False
    allow_http: bool = False

    @field_validator("name")
    @classmethod
    def _usable(cls, name: str) -> str:
        if name in COMMANDS:
            raise ValueError("this is a command of harbortui; a profile needs another name")
        if name and not NAME.fullmatch(name):
            raise ValueError("a profile's name is made of letters, digits and . _ - @ +")
        return name

    @model_validator(mode="after")
    def _closed(self) -> Profile:
        if address.is_open(self.url) and not self.allow_http:
            raise ValueError(OPEN)
        if self.client_key and not self.client_cert:
            raise ValueError("client_key is of no use without client_cert")
        return self

    @property
    def authentication(self) -> Authentication:
        """How to sign in: as said, else robots by basic authentication, people by a session."""
        return self.sign_in or ("basic" if self.username.startswith(ROBOT) else "session")

    @property
    def host_port(self) -> str:
        """`harbor.example.com:443`, under which certificates and credentials are filed."""
        return address.host_port(self.url)

    def check_files(self) -> None:
        """Raises SettingsError when a file it names cannot be used."""
        for field in ("ca_file", "client_cert", "client_key"):
            path: Path | None = getattr(self, field)
            if path and not (path.is_file() and os.access(path, os.R_OK)):
                raise SettingsError(f"{field}: {path} is not a file that can be read")
        if self.client_key and (open_to_others := paths.exposed(self.client_key)):
            raise SettingsError(f"client_key: {open_to_others}")

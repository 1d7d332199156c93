"""Where files are, and how they are written: for the user's eyes only, whole or not at all."""

import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import platformdirs

NAME = "harbortui"


@dataclass(frozen=True)
class Folder:
    """A folder of ours, or the reason why there is none."""

    path: Path | None
    reason: str = ""

    def file(self, name: str) -> Path | None:
        """The file `name` in this folder, made or not."""
        return self.path / name if self.path else None


def config() -> Folder:
    """What people write: `config.toml`, and the pins in `known_servers`."""
    return _folder(platformdirs.user_config_path)


def state() -> Folder:
    """What the program writes: `state.json`, the journal, crash reports."""
    return _folder(platformdirs.user_state_path)


def styles() -> Path:
    """Style sheets and themes: inside the package when installed, beside it in a checkout."""
    installed = Path(__file__).parent / "styles"
    return installed if installed.is_dir() else installed.parent.parent / "styles"


def theme_names() -> tuple[str, ...]:
    """The names of the themes that come with the program."""
    return tuple(sorted(file.stem for file in (styles() / "themes").glob("*.toml")))


def private(folder: Path) -> Path:
    """`folder`, made if it is missing, open to its owner alone (0700); may raise OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid == os.getuid() and stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)
    return folder


def write(path: Path, content: str | bytes) -> None:
    """Replace `path` by a 0600 file with `content` at once; on OSError the old one is untouched.

    A symbolic link is replaced, not followed: resolve it first where it is the user's own.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.urandom(6).hex()}")
    try:
        number = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(number, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(number)
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    with suppress(OSError):
        _settle(path.parent)


def append(path: Path, line: str) -> None:
    """Add one line to the 0600 file `path` ; may raise OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    with os.fdopen(number, "a+b") as file:
        size = os.fstat(number).st_size
        torn = size > 0 and os.pread(number, 1, size - 1) != b"\n"
        file.write(f"{chr(10) if torn else ''}{line}\n".encode())


def read(path: Path, limit: int) -> bytes:
    """The content of a plain file of at most `limit` bytes; OSError for all else, never a wait."""
    number = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError(0, "is not a plain file", str(path))
        with os.fdopen(number, "rb", closefd=False) as file:
            content = file.read(limit + 1)
    finally:
        os.close(number)
    if len(content) > limit:
        raise OSError(0, f"is larger than {limit} bytes", str(path))
    return content


def exposed(path: Path) -> str:
    """Why the secret in `path` is none: others can read it. Empty when it is the user's alone."""
    found = path.stat()
    if found.st_uid not in {os.getuid(), 0}:
        return f"{path} belongs to another user; make a copy of your own"
    if found.st_mode & 0o077:
        return f"others can get at {path}; close it with: chmod 600 {quote(str(path))}"
    return ""


def changeable(path: Path) -> str:
    """Why what stands in `path` may not be the user's word: others can write it. Else empty."""
    if path.stat().st_mode & stat.S_IWOTH:
        return f"anyone can write to {path}; close it with: chmod o-w {quote(str(path))}"
    return ""


def reason(error: OSError) -> str:
    """What an error says, without its number: `/x: Permission denied`."""
    words = error.strerror or type(error).__name__
    return f"{error.filename}: {words}" if error.filename else words


def _folder(find: Callable[[str], Path]) -> Folder:
    try:
        path = find(NAME)
    except (RuntimeError, ValueError, OSError):
        return Folder(None, "there is no home folder; set HOME")
    if not path.is_absolute():
        return Folder(None, f"{path} is not an absolute path; look at HOME")
    return Folder(path)


def _settle(folder: Path) -> None:
    """Make a renaming in `folder` survive a power cut, where the file system can."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

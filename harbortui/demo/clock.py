"""The demo's time: it stands still until moved, or runs with the machine's clock."""

import asyncio
from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 20, 9, 41, 2, tzinfo=UTC)
NEVER = "0001-01-01T00:00:00.000Z"


class Clock:
    """Says what time it is in UTC: always `start`, or the real time when `start` is None."""

    def __init__(self, start: datetime | None = START) -> None:
        self.start = start
        self.offset = timedelta(0)
        self.past: datetime | None = None
        """When it happens, while something happens that was due since the last request."""

    def __call__(self) -> datetime:
        """What time it is in the demo, in UTC."""
        return self.past or self.present()

    def present(self) -> datetime:
        """What time it is for whoever asks the demo, even while it makes up for lost time."""
        return (self.start or datetime.now(UTC)) + self.offset

    def advance(self, seconds: float) -> None:
        """Lets `seconds` pass at once."""
        self.offset += timedelta(seconds=seconds)

    async def wait(self, seconds: float) -> None:
        """Lets `seconds` pass: really on a clock that runs, at once on one that stands still."""
        if self.start is None and seconds:
            await asyncio.sleep(seconds)
        else:
            self.advance(seconds)

    def stamp(self, **ago: float) -> str:
        """The present, or `days=`, `hours=`, … before it, as Harbor writes it."""
        return stamp(self() - timedelta(**ago))


def stamp(moment: datetime) -> str:
    """A moment as Harbor writes it: UTC, three fractional digits, `Z`."""
    return moment.isoformat(timespec="milliseconds")[:23] + "Z"


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote; Harbor's zero time is the year 1."""
    return datetime.fromisoformat(text)

from datetime import datetime, timezone


def utc(moment: datetime | None = None) -> str:
    """`2026-11-21T09:30:01.000Z`; now, unless said."""
    moment = moment or datetime.now(timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

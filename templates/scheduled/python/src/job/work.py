from datetime import datetime
from typing import Any


def work(start: str, end: str) -> dict[str, Any]:
    """What the schedule is for belongs here: a report, a clean-up, a reconciliation of what happened from start to end.

    Each window begins where the last one ended. What is answered is kept in the row of the last run. It must bear being
    done twice for the same window.
    """
    first, last = (datetime.fromisoformat(moment.replace("Z", "+00:00")) for moment in (start, end))
    return {"minutes": round((last - first).total_seconds() / 60)}

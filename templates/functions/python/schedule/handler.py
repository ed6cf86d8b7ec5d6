import logging
from datetime import datetime
from typing import Any

logger = logging.getLogger(__name__)


def handler(event: dict[str, Any], context: Any) -> None:
    """What it raises, Lambda tries again; what fails for good goes to the queue beside the function."""
    found = {"correlationId": context.aws_request_id, "scheduledAt": event.get("scheduledAt")}
    try:
        run(read_time(event.get("scheduledAt")))
        logger.info("Run finished", extra=found)
    except Exception:
        logger.exception("Run failed", extra=found)
        raise


def run(scheduled_at: datetime) -> None:
    """A schedule fires at least once: what happens here must be able to happen twice for one time.

    The time is when this run was due, which is not when it begins.
    """


def read_time(scheduled_at: Any) -> datetime:
    """Reads what the schedule in the template sends."""
    try:
        return datetime.fromisoformat(scheduled_at.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise ValueError(f"scheduledAt is no time: {scheduled_at}") from None

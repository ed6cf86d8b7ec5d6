import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import Any

from lib.clock import utc
from lib.dead_letter import Journey, read_journey
from lib.failure import Failure
from lib.metrics import Metrics
from lib.s3_notification import read_notification
from redrive.back_off import back_off
from redrive.record_failure import FailureRecord

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Redrive:
    send_back: Callable[[str, Journey, int], None]
    record_failure: Callable[[FailureRecord], None]
    maximum_attempts: int
    first_delay_seconds: int
    metrics: Metrics


# SQS moved the message itself, so nobody caught what happened.
UNFINISHED = Failure(
    "transient",
    "Unfinished",
    "ingest received the message several times and never finished it: it crashed, ran out of memory or time, or could "
    "not hand it over. Its log says more.",
)


def redrive_message(message: dict[str, Any], redrive: Redrive) -> None:
    """Sends a message back while it may still pass, and records its failure when it will not.

    What can be neither (it names no object) is raised: after some receives SQS parks it.
    """
    journey = read_journey(message)
    failure = journey.failure or UNFINISHED
    first_failed_at = journey.first_failed_at or sent_at(message)
    notification = read_notification(message["body"])
    if failure.kind == "transient" and journey.attempts < redrive.maximum_attempts:
        delay = back_off(journey.attempts, redrive.first_delay_seconds)
        attempt = journey.attempts + 1
        redrive.send_back(message["body"], Journey(attempt, first_failed_at), delay)
        logger.warning(
            "Message sent back",
            extra={
                "attempt": attempt,
                "of": redrive.maximum_attempts,
                "delaySeconds": delay,
                "failure": asdict(failure),
            },
        )
        redrive.metrics.add("MessagesSentBack", "Count", 1)
        return
    for created in notification:
        redrive.record_failure(
            FailureRecord(created.object, failure, journey.attempts, first_failed_at, message["messageId"])
        )
        logger.error(
            "Failure recorded",
            extra={"object": asdict(created.object), "failure": asdict(failure), "attempts": journey.attempts},
        )
        redrive.metrics.add("FailuresRecorded", "Count", 1)


def sent_at(message: dict[str, Any]) -> str:
    return utc(datetime.fromtimestamp(int(message["attributes"]["SentTimestamp"]) / 1000, timezone.utc))

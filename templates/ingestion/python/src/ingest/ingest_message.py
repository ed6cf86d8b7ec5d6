import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from ingest.ingest_object import Ingested
from lib.batch import AlreadyInProgress
from lib.clock import utc
from lib.dead_letter import Journey, read_journey
from lib.failure import describe_failure
from lib.metrics import Metrics
from lib.s3_notification import ObjectCreated, StoredObject, read_notification

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ingestion:
    # Idempotent: an object that is done or being done is not read again.
    ingest: Callable[[StoredObject], Ingested]
    hand_over: Callable[[str, Journey], None]
    metrics: Metrics


def ingest_message(message: dict[str, Any], ingestion: Ingestion) -> None:
    """Ingests or hands over every object that the message tells of; when neither can be done, the message stays."""
    journey = read_journey(message)
    try:
        notification = read_notification(message["body"])
    except Exception as error:
        give_up(message["body"], journey, error, ingestion, {"messageId": message["messageId"]})
        return
    for created in notification:
        ingest_or_hand_over(created, journey, ingestion)


def ingest_or_hand_over(created: ObjectCreated, journey: Journey, ingestion: Ingestion) -> None:
    subject = {"object": asdict(created.object)}
    try:
        ingested = ingestion.ingest(created.object)
    except AlreadyInProgress:
        # Should the invocation that is on it die, this message must still be there.
        raise
    except Exception as error:
        give_up(created.body, journey, error, ingestion, subject)
        return
    outcome = "Object ingested" if ingested.outcome == "saved" else "Object superseded by a newer version"
    logger.info(outcome, extra={**subject, "contentType": ingested.content_type})
    ingestion.metrics.add("ObjectsIngested", "Count", 1)
    ingestion.metrics.add("BytesIngested", "Bytes", ingested.size)


def give_up(
    body: str, journey: Journey, error: Exception, ingestion: Ingestion, subject: dict[str, Any]
) -> None:
    failure = describe_failure(error)
    ingestion.hand_over(
        body, replace(journey, first_failed_at=journey.first_failed_at or utc(), failure=failure)
    )
    level = logging.WARNING if failure.name in ("Malformed", "NotReady") else logging.ERROR
    logger.log(level, "Object handed over", extra={**subject, "failure": asdict(failure)})
    ingestion.metrics.add("ObjectsHandedOver", "Count", 1)

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import unquote_plus

from lib.clock import utc
from lib.failure import cause_of
from lib.log import Logger
from lib.metrics import Metrics
from lib.quarantine import QuarantineRecord
from lib.read_json import read_json
from lib.request_row import RequestRow
from lib.stream_record import Unreadable, read_record


@dataclass(frozen=True)
class Quarantine:
    # The object of a bucket and a key.
    read: Callable[[str, str], bytes]
    fail_request: Callable[[str], RequestRow | None]
    save: Callable[[QuarantineRecord], None]
    logger: Logger
    metrics: Metrics


def quarantine_failure(notification: str, quarantine: Quarantine) -> None:
    """Keeps what the stream gave up, record by record: S3 tells of an object that Lambda wrote.

    Its `payload` is the event, as the function got it; only a bucket is given it.
    https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
    """
    # S3 sends a test event, without records, when notifications are set up.
    for created in read_json(notification).get("Records", []):
        s3 = created["s3"]
        failure = read_json(quarantine.read(s3["bucket"]["name"], unquote_plus(s3["object"]["key"])))
        for record in read_json(failure["payload"], parse_float=Decimal)["Records"]:
            quarantine_record(record, quarantine)


def quarantine_record(record: dict[str, Any], quarantine: Quarantine) -> None:
    """The row fails first: should the record not be saved then, the message comes again and finds the row as it was."""
    logger = quarantine.logger
    event_id = record["eventID"]
    kept: dict[str, Any] = {"recordId": event_id, "record": record, "quarantinedAt": utc()}
    try:
        request = read_record(record)
    except Unreadable as error:
        cause = cause_of(error)
        quarantine.save({**kept, "cause": cause, "attempts": 0})
        logger.error("Record quarantined", eventId=event_id, cause=cause)
        quarantine.metrics.count("RequestsQuarantined")
        return
    ids = {"requestId": request.request_id, "correlationId": request.correlation_id}
    row = quarantine.fail_request(request.request_id)
    if row is None:
        logger.info("Request was at its end before", **ids)
        return
    found = {**ids, "cause": row["cause"], "attempts": row["attempts"]}
    quarantine.save({**kept, **found})
    logger.error("Request quarantined", **found)
    quarantine.metrics.count("RequestsQuarantined")

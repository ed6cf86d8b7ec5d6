from typing import Any

from lib.batch import process_batch
from lib.stream_record import read_record
from process.connect import connect
from process.process_request import LeftInQueue, process_request

processing = connect()
logger = processing.logger


def on_record(record: dict[str, Any]) -> None:
    event_id = record["eventID"]
    try:
        # A shard's batch is tried again only when the attempt before has ended, so a record may take up its own claim.
        process_request(read_record(record), event_id, processing)
    except Exception as error:
        if not isinstance(error, LeftInQueue):
            logger.error("Record left in its queue", eventId=event_id, error=error)
        raise


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    logger.add_context(context)
    try:
        # Every record is tried, also behind one that fails; what is done is passed over when the batch comes again.
        return process_batch(
            event["Records"], work=on_record, identifier=lambda record: record["dynamodb"]["SequenceNumber"]
        )
    finally:
        processing.metrics.publish()

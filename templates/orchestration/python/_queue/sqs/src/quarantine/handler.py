from typing import Any

import boto3

from lib.batch import process_batch
from lib.environment import required, required_integer
from lib.log import Logger
from lib.metrics import Metrics
from lib.quarantine import QuarantineTables
from quarantine.quarantine_message import Quarantine, quarantine_message

service = required("SERVICE_NAME")
logger = Logger(service)
metrics = Metrics(required("METRICS_NAMESPACE"), service)
tables = QuarantineTables(
    dynamodb=boto3.client("dynamodb"),
    requests=required("TABLE_NAME"),
    records=required("QUARANTINE_TABLE_NAME"),
    retention_seconds=required_integer("RETENTION_SECONDS"),
)
quarantine = Quarantine(fail_request=tables.fail_request, save=tables.save, logger=logger, metrics=metrics)


def on_message(message: dict[str, Any]) -> None:
    try:
        quarantine_message(message, quarantine)
    except Exception as error:
        logger.error("Message left in its queue", messageId=message["messageId"], error=error)
        raise


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    logger.add_context(context)
    try:
        return process_batch(event["Records"], work=on_message, identifier=lambda message: message["messageId"])
    finally:
        metrics.publish()

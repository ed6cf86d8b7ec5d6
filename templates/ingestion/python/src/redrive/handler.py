from typing import Any

import boto3

from lib.batch import process_batch
from lib.environment import required, required_integer
from lib.metrics import Metrics
from redrive.record_failure import record_failure
from redrive.redrive_message import Redrive, redrive_message
from redrive.send_back import send_back

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
dynamodb = boto3.client("dynamodb")
sqs = boto3.client("sqs")
table = required("TABLE_NAME")
queue = required("INGEST_QUEUE_URL")
metrics = Metrics(required("METRICS_NAMESPACE"), "redrive")

redrive = Redrive(
    send_back=lambda body, journey, delay: send_back(sqs, queue, body, journey, delay),
    record_failure=lambda failure: record_failure(dynamodb, table, failure),
    maximum_attempts=required_integer("MAXIMUM_ATTEMPTS"),
    first_delay_seconds=required_integer("FIRST_DELAY_SECONDS"),
    metrics=metrics,
)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    try:
        return process_batch(event, lambda message: redrive_message(message, redrive))
    finally:
        metrics.publish()

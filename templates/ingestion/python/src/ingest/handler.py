from dataclasses import asdict
from typing import Any

import boto3

from ingest.hand_over import hand_over
from ingest.idempotency import Idempotency
from ingest.ingest_message import Ingestion, ingest_message
from ingest.ingest_object import Ingested, Stores, ingest_object
from lib.batch import process_batch
from lib.environment import required
from lib.metrics import Metrics
from lib.s3_notification import StoredObject

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
dynamodb = boto3.client("dynamodb")
sqs = boto3.client("sqs")
stores = Stores(boto3.client("s3"), dynamodb, required("TABLE_NAME"))
idempotency = Idempotency(dynamodb, required("IDEMPOTENCY_TABLE_NAME"), "ingest")
dead_letters = required("DEAD_LETTER_QUEUE_URL")
metrics = Metrics(required("METRICS_NAMESPACE"), "ingest")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    def ingest_once(object: StoredObject) -> Ingested:
        answer = idempotency.once(
            [object.bucket, object.key, object.sequencer],
            context.get_remaining_time_in_millis(),
            lambda: asdict(ingest_object(object, stores)),
        )
        return Ingested(**answer)

    ingestion = Ingestion(ingest_once, lambda body, journey: hand_over(sqs, dead_letters, body, journey), metrics)
    try:
        # A batch in which everything failed is no error of the function: the messages stay, and the pollers keep pace.
        return process_batch(event, lambda message: ingest_message(message, ingestion))
    finally:
        metrics.publish()

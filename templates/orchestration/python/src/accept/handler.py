from typing import Any

import boto3

from accept.accept_request import Acceptance, accept_request
from accept.submit import connect_queue
from lib.envelope import PayloadKey
from lib.environment import required, required_integer
from lib.log import Logger
from lib.metrics import Metrics
from lib.secret import CachedSecret

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
service = required("SERVICE_NAME")
logger = Logger(service)
metrics = Metrics(required("METRICS_NAMESPACE"), service)

acceptance = Acceptance(
    signing_key=CachedSecret(
        boto3.client("secretsmanager"),
        required("SIGNING_KEY_SECRET_ARN"),
        required_integer("SECRET_MAXIMUM_AGE_SECONDS"),
    ),
    audience=required("TOKEN_AUDIENCE"),
    service=service,
    time_to_live_seconds=required_integer("TIME_TO_LIVE_SECONDS"),
    seal=PayloadKey(boto3.client("kms"), required("KEY_ARN")).seal,
    submit=connect_queue(),
    logger=logger,
    metrics=metrics,
)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    logger.add_context(context)
    try:
        return accept_request(event, acceptance)
    finally:
        metrics.publish()

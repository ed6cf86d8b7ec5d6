import logging
import re
from typing import Any

import boto3

from api.answers import answer, problem
from api.order_table import get_order, put_order
from api.read_order import NotAnOrder, read_order
from lib.environment import required
from lib.metrics import Metrics

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")
table = required("TABLE_NAME")
metrics = Metrics(required("METRICS_NAMESPACE"), "api")


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """What it raises, the API answers with 500 and nothing else."""
    correlation_id = correlation_id_of(event)
    request_id = event["requestContext"]["requestId"]
    found = {"correlationId": correlation_id, "requestId": request_id, "routeKey": event["routeKey"]}
    try:
        response = respond(event, correlation_id)
        logger.info("Request answered", extra={**found, "status": response["statusCode"]})
        metrics.add("RequestsServed" if response["statusCode"] < 400 else "RequestsRefused", "Count", 1)
        return response
    except Exception:
        logger.exception("Request failed", extra=found)
        raise
    finally:
        metrics.publish()


def respond(event: dict[str, Any], correlation_id: str) -> dict[str, Any]:
    id = event["pathParameters"]["id"]
    if event["routeKey"] == "GET /orders/{id}":
        order = get_order(dynamodb, table, id)
        return answer(200, order, correlation_id) if order else problem(404, "No such order", correlation_id)
    try:
        order = read_order(id, event)
    except NotAnOrder as error:
        return problem(400, "Not an order", correlation_id, error.problems)
    created = put_order(dynamodb, table, order, correlation_id)
    return answer(201 if created else 200, order, correlation_id)


def correlation_id_of(event: dict[str, Any]) -> str:
    """The caller's, unless it could not stand in a log line or a header."""
    given = event["headers"].get("x-correlation-id", "")
    return given if re.fullmatch(r"[A-Za-z0-9_.-]{1,128}", given) else event["requestContext"]["requestId"]

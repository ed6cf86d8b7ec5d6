import logging
from datetime import datetime, timedelta, timezone
from typing import Any

import boto3

from job.last_run import read_last_run, save_run
from job.work import work
from lib.clock import utc
from lib.environment import required, required_integer
from lib.metrics import Metrics

# What can be done once is done here, outside the handler: a warm invocation finds it ready.
logger = logging.getLogger(__name__)
dynamodb = boto3.client("dynamodb")
table = required("TABLE_NAME")
first_run = timedelta(minutes=required_integer("FIRST_RUN_MINUTES"))
metrics = Metrics(required("METRICS_NAMESPACE"), "job")


def handler(event: dict[str, Any], context: Any) -> None:
    """What it raises, Lambda tries twice more and then reports to the failure queue."""
    correlation_id = event.get("executionId") or context.aws_request_id
    try:
        run(read_time(event.get("scheduledTime")), correlation_id)
    except Exception:
        logger.exception("Run failed", extra={"correlationId": correlation_id})
        raise
    finally:
        metrics.publish()


def run(scheduled: datetime, correlation_id: str) -> None:
    end, last = utc(scheduled), read_last_run(dynamodb, table)
    if last is not None and last >= end:
        logger.info("Run skipped: its time is covered", extra={"correlationId": correlation_id, "to": end, "last": last})
        return
    start = last or utc(scheduled - first_run)
    saved = save_run(dynamodb, table, start, end, correlation_id, work(start, end))
    found = {"correlationId": correlation_id, "from": start, "to": end}
    logger.info("Run finished" if saved else "Run finished after a later one", extra=found)
    metrics.add("RunsFinished", "Count", 1)


def read_time(scheduled_time: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(scheduled_time.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        raise ValueError(f"The event has no scheduledTime: {scheduled_time}") from None
    # The schedule's times are UTC, also where they do not say so.
    return moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)

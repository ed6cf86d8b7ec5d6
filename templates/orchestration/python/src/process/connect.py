import boto3

from lib.envelope import PayloadKey
from lib.environment import required, required_integer
from lib.log import Logger
from lib.metrics import Metrics
from lib.secret import CachedSecret
from process.circuit_breaker import CircuitBreaker
from process.legacy_system import LegacySystem
from process.process_request import Processing
from process.request_table import RequestTable


def connect() -> Processing:
    """Everything that processing needs, made once per execution environment."""
    service = required("SERVICE_NAME")
    legacy = LegacySystem(
        url=required("LEGACY_URL"),
        credentials=CachedSecret(
            boto3.client("secretsmanager"),
            required("LEGACY_SECRET_ARN"),
            required_integer("SECRET_MAXIMUM_AGE_SECONDS"),
        ),
        timeout_seconds=required_integer("LEGACY_TIMEOUT_MILLISECONDS") / 1000,
    )
    breaker = CircuitBreaker(
        failures=required_integer("CIRCUIT_FAILURES"),
        open_seconds=required_integer("CIRCUIT_OPEN_MILLISECONDS") / 1000,
    )
    table = RequestTable(
        dynamodb=boto3.client("dynamodb"),
        name=required("TABLE_NAME"),
        lease_seconds=required_integer("LEASE_SECONDS"),
        retention_seconds=required_integer("RETENTION_SECONDS"),
    )
    return Processing(
        service=service,
        table=table,
        open=PayloadKey(boto3.client("kms"), required("KEY_ARN")).open,
        place_order=lambda order, correlation_id: breaker.call(
            order["EXT_REF"], lambda: legacy.place_order(order, correlation_id)
        ),
        logger=Logger(service),
        metrics=Metrics(required("METRICS_NAMESPACE"), service),
    )

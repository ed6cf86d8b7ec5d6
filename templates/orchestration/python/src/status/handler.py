from typing import Any

import boto3

from lib.environment import required, required_integer
from lib.log import Logger
from lib.request_row import RequestRow, as_item, from_item
from lib.secret import CachedSecret
from status.answer_status import StatusDesk, answer_status

logger = Logger(required("SERVICE_NAME"))
dynamodb = boto3.client("dynamodb")
table = required("TABLE_NAME")


def read(request_id: str) -> RequestRow | None:
    found = dynamodb.get_item(TableName=table, Key=as_item({"requestId": request_id}), ConsistentRead=True)
    return from_item(found["Item"]) if "Item" in found else None


desk = StatusDesk(
    signing_key=CachedSecret(
        boto3.client("secretsmanager"),
        required("SIGNING_KEY_SECRET_ARN"),
        required_integer("SECRET_MAXIMUM_AGE_SECONDS"),
    ),
    audience=required("TOKEN_AUDIENCE"),
    read=read,
    logger=logger,
)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    logger.add_context(context)
    return answer_status(event, desk)

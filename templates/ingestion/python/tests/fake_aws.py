"""Just enough of S3, DynamoDB and SQS for the handlers, on a loopback port: the tests run the real boto3 clients.

`gear deploy --local` is the place for everything else.
"""

import contextlib
import hashlib
import io
import json
import logging
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlparse

from boto3.dynamodb.types import TypeDeserializer


class FakeAws:
    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        # Rows by table and key, as plain values.
        self.rows: dict[str, dict[str, Any]] = {}
        self.sent: list[dict[str, Any]] = []
        # What the role may do, in order: `s3:GetObject incoming/a.json`.
        self.calls: list[str] = []
        # Actions that are answered with AccessDenied.
        self.denied: set[str] = set()
        # What the handlers counted, by name.
        self.metrics: dict[str, list[float]] = {}

    def invoke(self, handler: Callable[[dict[str, Any], Any], dict[str, Any]], event: dict[str, Any]) -> dict[str, Any]:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            answer = handler(event, Context())
        for line in printed.getvalue().splitlines():
            self.metrics.update({name: values for name, values in json.loads(line).items() if isinstance(values, list)})
        return answer

    def reset(self) -> None:
        for store in (self.objects, self.rows, self.sent, self.calls, self.denied, self.metrics):
            store.clear()

    def row(self, key: str, record: str = "metadata") -> dict[str, Any] | None:
        return self.rows.get(f"objects s3://inbox/{key} {record}")

    def attributes(self) -> dict[str, str]:
        """Of the message sent last."""
        return {name: value["StringValue"] for name, value in self.sent[-1]["MessageAttributes"].items()}


def start() -> FakeAws:
    """The one of this test run, with the environment that the handlers are loaded in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    endpoint = f"http://127.0.0.1:{server.server_port}"
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_ENDPOINT_URL=endpoint,
        AWS_REGION="us-east-1",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_MAX_ATTEMPTS="1",
        METRICS_NAMESPACE="gear-service-name",
        TABLE_NAME="objects",
        IDEMPOTENCY_TABLE_NAME="idempotency",
        DEAD_LETTER_QUEUE_URL=f"{endpoint}/000000000000/dead-letters",
        INGEST_QUEUE_URL=f"{endpoint}/000000000000/ingest",
        MAXIMUM_ATTEMPTS="3",
        FIRST_DELAY_SECONDS="5",
    )
    logging.disable(logging.CRITICAL)
    return FakeAws()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer in one piece: in two, each would wait for the other side's acknowledgement.
    wbufsize = -1

    def do_GET(self) -> None:
        key = unquote(urlparse(self.path).path).split("/", 2)[2]
        aws.calls.append(f"s3:GetObject {key}")
        found = None if "s3:GetObject" in aws.denied else aws.objects.get(key)
        if found is None:
            message = "not authorized to perform: s3:GetObject"
            body = f"<Error><Code>AccessDenied</Code><Message>{message}</Message></Error>"
            self._answer(403, body.encode(), "application/xml")
        else:
            self._answer(200, found, "application/octet-stream")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        service, operation = self.headers["x-amz-target"].split(".")
        action = f"{'sqs' if service == 'AmazonSQS' else 'dynamodb'}:{operation}"
        aws.calls.append(f"{action} {request.get('TableName') or request['QueueUrl'].split('/')[-1]}")
        if action in aws.denied:
            denied = {"__type": "com.amazon#AccessDeniedException", "message": f"not authorized to perform: {action}"}
            self._answer_json(400, denied)
        elif action == "sqs:SendMessage":
            aws.sent.append(request)
            digest = hashlib.md5(request["MessageBody"].encode()).hexdigest()
            self._answer_json(200, {"MessageId": "1", "MD5OfMessageBody": digest})
        else:
            self._answer_json(*dynamodb(operation, request))

    def _answer_json(self, status: int, body: dict[str, Any]) -> None:
        self._answer(status, json.dumps(body).encode(), "application/x-amz-json-1.0")

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing of requests."""


def dynamodb(operation: str, request: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    attributes = request.get("Item") or request["Key"]
    key = [attributes[name]["S"] for name in ("id", "object", "record") if name in attributes]
    where = " ".join([request["TableName"], *key])
    present = aws.rows.get(where)
    if operation == "DeleteItem":
        aws.rows.pop(where, None)
    elif operation == "UpdateItem":
        names, values = request["ExpressionAttributeNames"], request["ExpressionAttributeValues"]
        for assignment in request["UpdateExpression"].removeprefix("SET ").split(", "):
            name, value = assignment.split(" = ")
            aws.rows[where][names[name]] = plain(values[value])
            aws.rows[where]["raw"][names[name]] = values[value]
    elif not holds(request, present):
        failed = {"__type": "com.amazonaws#ConditionalCheckFailedException", "message": "The condition failed"}
        return 400, {**failed, "Item": present["raw"]} if present else failed
    else:
        aws.rows[where] = {**{name: plain(value) for name, value in attributes.items()}, "raw": attributes}
    return 200, {}


def holds(request: dict[str, Any], present: dict[str, Any] | None) -> bool:
    """As much of DynamoDB's condition language as the handlers use: `a OR b OR (c AND d)`."""
    condition = request.get("ConditionExpression")
    if condition is None:
        return True
    names = request.get("ExpressionAttributeNames", {})
    values = request.get("ExpressionAttributeValues", {})

    def term(text: str) -> bool:
        if text.startswith("attribute_"):
            function, _, placeholder = text.rstrip(")").partition("(")
            return (names[placeholder] in (present or {})) == (function == "attribute_exists")
        left, operator, right = text.split(" ")
        actual, expected = (present or {}).get(names[left]), plain(values[right])
        return actual is not None and (actual < expected if operator == "<" else actual == expected)

    def clause(text: str) -> bool:
        terms = text.split(" AND ")
        return term(text) if len(terms) == 1 else all(map(term, text[1:-1].split(" AND ")))

    return any(map(clause, condition.split(" OR ")))


def plain(value: dict[str, Any]) -> Any:
    return TypeDeserializer().deserialize(value)


def sqs_event(*messages: dict[str, Any]) -> dict[str, Any]:
    """What SQS gives to Lambda for the bodies and attributes given."""
    common = {
        "receiptHandle": "handle",
        "body": "",
        "attributes": {"ApproximateReceiveCount": "1", "SentTimestamp": "1795253400000"},
        "messageAttributes": {},
        "eventSource": "aws:sqs",
    }
    numbered = enumerate(messages)
    return {"Records": [{**common, "messageId": f"message-{index}", **message} for index, message in numbered]}


def object_created(key: str, sequencer: str = "0A") -> str:
    s3 = {"bucket": {"name": "inbox"}, "object": {"key": key, "size": 1, "eTag": "e", "sequencer": sequencer}}
    return json.dumps({"Records": [{"eventName": "ObjectCreated:Put", "s3": s3}]})


def received(sent: dict[str, Any]) -> dict[str, Any]:
    """A sent message as it arrives at the next function."""
    attributes = {
        name: {"dataType": value["DataType"], "stringValue": value["StringValue"]}
        for name, value in sent["MessageAttributes"].items()
    }
    return {"body": sent["MessageBody"], "messageAttributes": attributes}


class Context:
    def get_remaining_time_in_millis(self) -> int:
        return 30_000


aws = start()

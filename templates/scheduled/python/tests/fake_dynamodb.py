"""Just enough of DynamoDB for the handler, on a loopback port: the tests run the real boto3 client.

`gear deploy --local` is the place for everything else.
"""

import contextlib
import io
import json
import logging
import os
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from boto3.dynamodb.types import TypeDeserializer


class FakeDynamoDb:
    def __init__(self) -> None:
        # By their id, in DynamoDB's own notation.
        self.items: dict[str, dict[str, Any]] = {}
        # Actions that are answered with AccessDenied.
        self.denied: set[str] = set()
        # What the handler counted, by name.
        self.metrics: dict[str, list[float]] = {}

    def invoke(self, handler: Callable[[dict[str, Any], Any], Any], event: dict[str, Any]) -> Any:
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            answer = handler(event, Context())
        for line in printed.getvalue().splitlines():
            self.metrics.update({name: values for name, values in json.loads(line).items() if isinstance(values, list)})
        return answer

    def rows(self) -> dict[str, dict[str, Any]]:
        """By their id, as plain values."""
        plain = TypeDeserializer().deserialize
        return {id: {name: plain(value) for name, value in item.items()} for id, item in self.items.items()}

    def reset(self) -> None:
        for store in (self.items, self.denied, self.metrics):
            store.clear()


def start() -> FakeDynamoDb:
    """The one of this test run, with the environment that the handler is loaded in."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        del os.environ[name]
    os.environ.update(
        AWS_ENDPOINT_URL=f"http://127.0.0.1:{server.server_port}",
        AWS_REGION="us-east-1",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_MAX_ATTEMPTS="1",
        METRICS_NAMESPACE="gear-service-name",
        TABLE_NAME="table",
        FIRST_RUN_MINUTES="60",
    )
    logging.disable(logging.CRITICAL)
    return FakeDynamoDb()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # An answer in one piece: in two, each would wait for the other side's acknowledgement.
    wbufsize = -1

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        operation = self.headers["x-amz-target"].split(".")[1]
        if operation in dynamodb.denied:
            answer = failure("AccessDeniedException", f"not authorized to perform: dynamodb:{operation}")
        else:
            answer = answer_to(operation, request)
        body = json.dumps(answer).encode()
        self.send_response(400 if "__type" in answer else 200)
        self.send_header("content-type", "application/x-amz-json-1.0")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing of requests."""


def answer_to(operation: str, request: dict[str, Any]) -> dict[str, Any]:
    if operation == "GetItem":
        present = dynamodb.items.get(request["Key"]["id"]["S"])
        return {"Item": present} if present else {}
    if operation != "PutItem":
        return failure("UnknownOperationException", operation)
    item = request["Item"]
    id = item["id"]["S"]
    # The only condition that the handler makes: no run at this time or a later one.
    last = dynamodb.items.get(id)
    if last is not None and last["scheduledTime"]["S"] >= request["ExpressionAttributeValues"][":time"]["S"]:
        return failure("ConditionalCheckFailedException", "The conditional request failed")
    dynamodb.items[id] = item
    return {}


def failure(name: str, message: str) -> dict[str, Any]:
    return {"__type": f"com.amazonaws.dynamodb.v20120810#{name}", "message": message}


class Context:
    aws_request_id = "request"


dynamodb = start()

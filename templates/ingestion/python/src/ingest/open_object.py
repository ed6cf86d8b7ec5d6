from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from lib.failure import NotReady, name_of
from lib.s3_notification import StoredObject

CHUNK = 64 * 1024


@dataclass(frozen=True)
class OpenObject:
    chunks: Iterator[bytes]
    size: int
    declared_type: str | None


@contextmanager
def open_object(s3: Any, object: StoredObject) -> Iterator[OpenObject]:
    """Ends the connection also when reading stopped before the end."""
    try:
        response = s3.get_object(Bucket=object.bucket, Key=object.key)
    except ClientError as error:
        raise absent(error, object.uri) from error
    with closing(response["Body"]) as body:
        yield OpenObject(body.iter_chunks(CHUNK), response["ContentLength"], response.get("ContentType"))


def require_object(s3: Any, bucket: str, key: str) -> None:
    try:
        s3.head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        raise absent(error, f"s3://{bucket}/{key}") from error


def absent(error: ClientError, uri: str) -> Exception:
    """A role that may not list the bucket, as this one, gets 403 for what is missing, just as for what is forbidden."""
    status = error.response["ResponseMetadata"]["HTTPStatusCode"]
    if status not in (403, 404):
        return error
    # The answer to HEAD has no body, and the SDK gives the status for a code.
    code = name_of(error)
    reason = f"HTTP {status}" if code == str(status) else f"{code}: {error.response['Error']['Message']}"
    return NotReady(f"{uri} is missing, or ingest may not read it ({reason})")

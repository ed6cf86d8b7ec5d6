"""One table, one partition per object.

Its row `metadata` tells of the newest version that was ingested, a row `failure#<sequencer>` of each version that never
will be.
"""

from typing import Any

from boto3.dynamodb.types import TypeSerializer

from lib.s3_notification import StoredObject, comparable_sequencer


def metadata_key(object: StoredObject) -> dict[str, str]:
    return {"object": object.uri, "record": "metadata"}


def failure_key(object: StoredObject) -> dict[str, str]:
    return {"object": object.uri, "record": f"failure#{comparable_sequencer(object.sequencer)}"}


def as_item(row: dict[str, Any]) -> dict[str, Any]:
    """The row with DynamoDB's types; what is not known is left out."""
    return {name: serializer.serialize(value) for name, value in row.items() if value is not None}


serializer = TypeSerializer()

from typing import Any

from ingest.content.describe_content import Content
from lib.clock import utc
from lib.object_table import as_item, metadata_key
from lib.s3_notification import StoredObject, comparable_sequencer


def save_metadata(
    dynamodb: Any, table: str, object: StoredObject, content: Content, declared_type: str | None
) -> str:
    """Saves what is known of an object, unless this version of it or a newer one is saved already.

    Notifications may come twice and in any order. Answers "saved" or "superseded".
    """
    sequencer = comparable_sequencer(object.sequencer)
    row = {
        **metadata_key(object),
        "bucket": object.bucket,
        "key": object.key,
        "etag": object.etag,
        "sequencer": sequencer,
        "contentType": content.content_type,
        "declaredType": declared_type,
        "size": content.size,
        "sha256": content.sha256,
        "details": content.details,
        "ingestedAt": utc(),
    }
    try:
        dynamodb.put_item(
            TableName=table,
            Item=as_item(row),
            ConditionExpression="attribute_not_exists(#object) OR #sequencer < :sequencer",
            ExpressionAttributeNames={"#object": "object", "#sequencer": "sequencer"},
            ExpressionAttributeValues={":sequencer": {"S": sequencer}},
        )
    except dynamodb.exceptions.ConditionalCheckFailedException:
        return "superseded"
    return "saved"

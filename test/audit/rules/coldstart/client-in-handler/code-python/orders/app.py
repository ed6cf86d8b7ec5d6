import os

import boto3


def handler(event, context):
    region = os.environ["AWS_REGION"]
    table = boto3.resource("dynamodb", region_name=region).Table(os.environ["TABLE"])
    for record in event["Records"]:
        table.put_item(Item=record)

import boto3

orders = boto3.client("s3")
queue = None


def handler(event, context):
    global queue
    if queue is None:
        queue = boto3.client("sqs")
    buckets = boto3.client("s3", region_name=event["region"])
    return [orders, queue, buckets]

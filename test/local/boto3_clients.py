"""Clients of the embedded AWS, and what it refuses; for the scripts beside it."""

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

config = Config(retries={"max_attempts": 1})


def client(name):
    return boto3.client(name, config=config)


def code_of(call):
    try:
        call()
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]]

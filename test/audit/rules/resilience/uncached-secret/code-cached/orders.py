from functools import cache

import boto3
from aws_lambda_powertools.utilities import parameters

ssm = boto3.client("ssm")


def handler(event, context):
    return [event, key(), parameters.get_parameter("/orders/prices")]


@cache
def key():
    return ssm.get_parameter(Name="/orders/key", WithDecryption=True)["Parameter"]["Value"]

import os

import boto3

ssm = boto3.client("ssm")


def handler(event, context):
    return price(event, key())


def key():
    return ssm.get_parameter(Name=os.environ["KEY"], WithDecryption=True)["Parameter"]["Value"]


def price(event, key):
    return [event, key]

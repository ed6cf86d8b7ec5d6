import boto3

secrets = boto3.client("secretsmanager")


def handler(event, context):
    return secrets.get_secret_value(SecretId=event["SecretId"], VersionStage="AWSCURRENT")

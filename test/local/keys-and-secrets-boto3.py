"""Uses KMS, Secrets Manager and Parameter Store with boto3, and prints what came back as one JSON document."""

import json

from boto3_clients import client, code_of

result = {}
kms, secrets, ssm = (client(name) for name in ("kms", "secretsmanager", "ssm"))
key = kms.create_key(Description="orders", Tags=[{"TagKey": "team", "TagValue": "orders"}])["KeyMetadata"]
kms.create_alias(AliasName="alias/orders", TargetKeyId=key["KeyId"])
context = {"service": "orders"}
data_key = kms.generate_data_key(KeyId="alias/orders", KeySpec="AES_256", EncryptionContext=context)
opened = kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"], EncryptionContext=context)
result["data key"] = opened["Plaintext"] == data_key["Plaintext"] and opened["KeyId"] == key["Arn"]
result["context"] = code_of(lambda: kms.decrypt(CiphertextBlob=data_key["CiphertextBlob"]))
result["key"] = [key["KeyState"], key["CreationDate"].year > 2020, kms.get_paginator("list_keys").paginate().build_full_result()["Keys"][0]["KeyArn"] == key["Arn"]]
result["no key"] = code_of(lambda: kms.describe_key(KeyId="none"))
result["asymmetric"] = code_of(lambda: kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY"))
result["sign"] = code_of(lambda: kms.sign(KeyId=key["KeyId"], Message=b"m", SigningAlgorithm="RSASSA_PSS_SHA_256"))

secret = secrets.create_secret(Name="orders/token", SecretString='{"token":"ä"}', KmsKeyId="alias/orders")
secrets.create_secret(Name="orders/key", SecretBinary=b"\x00\xff")
result["secret"] = secrets.get_secret_value(SecretId=secret["ARN"])["SecretString"]
result["binary"] = secrets.get_secret_value(SecretId="orders/key")["SecretBinary"].hex()
result["listed"] = sorted(entry["Name"] for entry in secrets.get_paginator("list_secrets").paginate().build_full_result()["SecretList"])
result["rotation"] = code_of(lambda: secrets.rotate_secret(SecretId=secret["ARN"]))
result["no secret"] = code_of(lambda: secrets.get_secret_value(SecretId="none"))

ssm.put_parameter(Name="/orders/limit", Value="10", Type="String")
ssm.put_parameter(Name="/orders/token", Value="secret", Type="SecureString")
result["parameter"] = ssm.get_parameter(Name="/orders/limit")["Parameter"]["Value"]
found = ssm.get_paginator("get_parameters_by_path").paginate(Path="/orders", WithDecryption=True).build_full_result()
result["path"] = [[entry["Name"], entry["Value"]] for entry in found["Parameters"]]
result["no parameter"] = code_of(lambda: ssm.get_parameter(Name="none"))
result["commands"] = code_of(lambda: ssm.list_commands())

print(json.dumps(result))

"""Uses every service of the embedded AWS with boto3, and prints what came back as one JSON document."""

import io
import json
import zipfile

import boto3
from boto3_clients import client, code_of, config
from botocore.config import Config

result = {}
sts, s3, sqs, dynamodb, iam = client("sts"), client("s3"), client("sqs"), client("dynamodb"), client("iam")
logs, cloudwatch, functions, cloudformation = client("logs"), client("cloudwatch"), client("lambda"), client("cloudformation")

result["arn"] = sts.get_caller_identity()["Arn"]

s3.create_bucket(Bucket="boto-orders")
key = "in/a b/ä+(1)*'!~.txt"
s3.put_object(Bucket="boto-orders", Key=key, Body=b"hello", Metadata={"team": "orders"})
s3.upload_fileobj(io.BytesIO(b"x" * 9_000_000), "boto-orders", "large")
got = s3.get_object(Bucket="boto-orders", Key=key)
result["object"] = [got["Body"].read().decode(), got["Metadata"]]
result["keys"] = [entry["Key"] for entry in s3.list_objects_v2(Bucket="boto-orders")["Contents"]]
result["large"] = s3.head_object(Bucket="boto-orders", Key="large")["ContentLength"]
deleted = s3.delete_objects(Bucket="boto-orders", Delete={"Objects": [{"Key": key}, {"Key": "large"}]})
result["deleted"] = len(deleted["Deleted"])
result["no key"] = code_of(lambda: s3.get_object(Bucket="boto-orders", Key="none"))
result["acl"] = code_of(lambda: s3.get_bucket_acl(Bucket="boto-orders"))
v4 = boto3.client("s3", config=Config(signature_version="s3v4"))
result["presigned"] = v4.generate_presigned_url("put_object", Params={"Bucket": "boto-orders", "Key": "signed"})
result["presigned get"] = v4.generate_presigned_url("get_object", Params={"Bucket": "boto-orders", "Key": "signed"})
v2 = boto3.client("s3", config=Config(signature_version="s3"))
result["presigned v2"] = v2.generate_presigned_url("get_object", Params={"Bucket": "boto-orders", "Key": "signed"})

url = sqs.create_queue(QueueName="boto-orders", Attributes={"VisibilityTimeout": "5"})["QueueUrl"]
sqs.send_message(QueueUrl=url, MessageBody="ä", MessageAttributes={"a": {"DataType": "String", "StringValue": "b"}})
message = sqs.receive_message(QueueUrl=url, MessageAttributeNames=["All"])["Messages"][0]
result["message"] = [message["Body"], message["MessageAttributes"]["a"]["StringValue"]]
result["no queue"] = code_of(lambda: sqs.get_queue_url(QueueName="none"))

dynamodb.create_table(
    TableName="boto-orders",
    BillingMode="PAY_PER_REQUEST",
    AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
    KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
)
table = boto3.resource("dynamodb", config=config).Table("boto-orders")
table.put_item(Item={"id": "1", "n": 5, "bytes": b"\x00\x01"})
item = table.get_item(Key={"id": "1"})["Item"]
result["item"] = [int(item["n"]), bytes(item["bytes"]).hex()]
condition = "attribute_not_exists(id)"
result["condition"] = code_of(lambda: table.put_item(Item={"id": "1"}, ConditionExpression=condition))

trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
role = iam.create_role(RoleName="boto", AssumeRolePolicyDocument=json.dumps(trust), Tags=[{"Key": "a", "Value": "b"}])["Role"]
result["role"] = [role["Arn"], iam.get_role(RoleName="boto")["Role"]["AssumeRolePolicyDocument"] == trust]
result["no role"] = code_of(lambda: iam.get_role(RoleName="none"))

logs.create_log_group(logGroupName="/boto")
result["groups"] = [group["logGroupName"] for group in logs.describe_log_groups()["logGroups"]]

cloudwatch.put_metric_data(Namespace="Boto", MetricData=[{"MetricName": "Orders", "Value": 1.5}])
result["metrics"] = [metric["MetricName"] for metric in cloudwatch.list_metrics(Namespace="Boto")["Metrics"]]

package = io.BytesIO()
with zipfile.ZipFile(package, "w") as archive:
    archive.writestr("index.mjs", "export const handler = async event => ({echo: event});")
functions.create_function(
    FunctionName="boto", Runtime="nodejs24.x", Handler="index.handler", Role=role["Arn"], Code={"ZipFile": package.getvalue()}
)
result["invoked"] = json.load(functions.invoke(FunctionName="boto", Payload=b'{"a":1}')["Payload"])
result["no function"] = code_of(lambda: functions.invoke(FunctionName="none"))

template = {"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"Url": {"Value": {"Ref": "Queue"}}}}
cloudformation.create_stack(StackName="boto", TemplateBody=json.dumps(template))
cloudformation.get_waiter("stack_create_complete").wait(StackName="boto", WaiterConfig={"Delay": 0.1})
stack = cloudformation.describe_stacks(StackName="boto")["Stacks"][0]
result["stack"] = [stack["StackStatus"], [output["OutputKey"] for output in stack["Outputs"]]]
result["no stack"] = code_of(lambda: cloudformation.describe_stacks(StackName="none"))
result["regions"] = code_of(lambda: boto3.client("ec2", config=config).describe_regions())

print(json.dumps(result))

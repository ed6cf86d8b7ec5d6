"""Uses SNS, EventBridge and Scheduler of the embedded AWS with boto3, and prints what came back as one JSON document."""

import json
from datetime import datetime, timedelta, timezone

from boto3_clients import client, code_of

result = {}


def policy(service, action, resource=None):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": action}
    if resource is not None:
        statement["Resource"] = resource
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


sns, events, scheduler, sqs, iam = (client(name) for name in ("sns", "events", "scheduler", "sqs", "iam"))
queue_arn = "arn:aws:sqs:us-east-1:000000000000:boto-messages"
services = policy("sns.amazonaws.com", "sqs:SendMessage", queue_arn)
url = sqs.create_queue(QueueName="boto-messages", Attributes={"Policy": services})["QueueUrl"]


def received():
    answer = sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, WaitTimeSeconds=5, MessageAttributeNames=["All"]
    )
    for message in answer.get("Messages", []):
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return answer.get("Messages", [])


topic = sns.create_topic(Name="boto-orders", Attributes={"DisplayName": "Orders"}, Tags=[{"Key": "team", "Value": "a"}])
arn = topic["TopicArn"]
subscription = sns.subscribe(
    TopicArn=arn,
    Protocol="sqs",
    Endpoint=queue_arn,
    Attributes={"FilterPolicy": json.dumps({"kind": ["book"]})},
    ReturnSubscriptionArn=True,
)["SubscriptionArn"]
sns.publish(TopicArn=arn, Message="dvd", MessageAttributes={"kind": {"DataType": "String", "StringValue": "dvd"}})
sns.publish(
    TopicArn=arn,
    Message="<book & more>",
    Subject="s",
    MessageAttributes={
        "kind": {"DataType": "String", "StringValue": "book"},
        "bytes": {"DataType": "Binary", "BinaryValue": b"\x00\xff"},
    },
)
envelope = json.loads(received()[0]["Body"])
result["envelope"] = [envelope["Message"], envelope["Subject"], envelope["MessageAttributes"]]
sns.set_subscription_attributes(
    SubscriptionArn=subscription, AttributeName="RawMessageDelivery", AttributeValue="true"
)
batch = sns.publish_batch(
    TopicArn=arn,
    PublishBatchRequestEntries=[
        {
            "Id": "a",
            "Message": "raw",
            "MessageAttributes": {"kind": {"DataType": "String", "StringValue": "book"}},
        }
    ],
)
result["batch"] = [len(batch["Successful"]), len(batch.get("Failed", []))]
raw = received()[0]
result["raw"] = [raw["Body"], raw["MessageAttributes"]["kind"]["StringValue"]]
result["subscription"] = sns.get_subscription_attributes(SubscriptionArn=subscription)["Attributes"]["RawMessageDelivery"]
result["topic"] = sns.get_topic_attributes(TopicArn=arn)["Attributes"]["DisplayName"]
result["topics"] = [each["TopicArn"] for each in sns.list_topics()["Topics"]]
result["by topic"] = [each["Endpoint"] for each in sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]]
result["tags"] = sns.list_tags_for_resource(ResourceArn=arn)["Tags"]
result["no topic"] = code_of(lambda: sns.publish(TopicArn=arn + "x", Message="a"))
result["sms"] = code_of(lambda: sns.publish(PhoneNumber="+431234", Message="a"))

sqs.set_queue_attributes(
    QueueUrl=url, Attributes={"Policy": policy("events.amazonaws.com", "sqs:SendMessage", queue_arn)}
)
events.put_rule(Name="boto", EventPattern=json.dumps({"source": ["shop"]}), Tags=[{"Key": "team", "Value": "a"}])
result["failed targets"] = events.put_targets(
    Rule="boto", Targets=[{"Id": "queue", "Arn": queue_arn, "InputPath": "$.detail"}]
)["FailedEntryCount"]
put = events.put_events(
    Entries=[
        {"Source": "shop", "DetailType": "placed", "Detail": json.dumps({"order": 7}), "Time": datetime.now(timezone.utc)}
    ]
)
result["failed events"] = put["FailedEntryCount"]
result["event"] = json.loads(received()[0]["Body"])
result["rules"] = [each["Name"] for each in events.list_rules()["Rules"]]
result["rule"] = events.describe_rule(Name="boto")["State"]
result["buses"] = [each["Name"] for each in events.list_event_buses()["EventBuses"]]
result["no rule"] = code_of(lambda: events.describe_rule(Name="none"))
result["bad pattern"] = code_of(lambda: events.put_rule(Name="bad", EventPattern="{"))
events.remove_targets(Rule="boto", Ids=["queue"])
events.delete_rule(Name="boto")

iam.create_role(
    RoleName="boto-scheduler", AssumeRolePolicyDocument=policy("scheduler.amazonaws.com", "sts:AssumeRole")
)
iam.put_role_policy(
    RoleName="boto-scheduler",
    PolicyName="send",
    PolicyDocument=json.dumps(
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:SendMessage", "Resource": queue_arn}}
    ),
)
# Late enough that a busy machine has the schedule before its time.
soon = datetime.now(timezone.utc) + timedelta(seconds=3)
target = {"Arn": queue_arn, "RoleArn": "arn:aws:iam::000000000000:role/boto-scheduler", "Input": '{"remind":true}'}
scheduler.create_schedule_group(Name="boto", Tags=[{"Key": "team", "Value": "a"}])
scheduler.create_schedule(
    Name="soon",
    GroupName="boto",
    ScheduleExpression=f"at({soon:%Y-%m-%dT%H:%M:%S})",
    FlexibleTimeWindow={"Mode": "OFF"},
    StartDate=datetime(2020, 1, 1, tzinfo=timezone.utc),
    Target=target,
)
schedule = scheduler.get_schedule(Name="soon", GroupName="boto")
result["schedule"] = [schedule["State"], schedule["StartDate"].year, schedule["Target"]["Input"]]
result["schedules"] = [each["Name"] for each in scheduler.list_schedules(GroupName="boto")["Schedules"]]
group = scheduler.get_schedule_group(Name="boto")["Arn"]
result["group tags"] = scheduler.list_tags_for_resource(ResourceArn=group)["Tags"]
result["reminded"] = json.loads(received()[0]["Body"])
result["no schedule"] = code_of(lambda: scheduler.get_schedule(Name="none"))
scheduler.delete_schedule_group(Name="boto")
result["groups"] = [each["Name"] for each in scheduler.list_schedule_groups()["ScheduleGroups"]]

print(json.dumps(result))

const tags = 'CloudFormation tags what it makes with the stack’s name and tags; gear local has no such tags';
const rollback = 'only a creation that fails needs it';
const otherChange = 'a change of another property than the test’s needs it';
const handlers = 'CloudFormation’s handlers read it while they make or change the resource';
const attended = 'gear deploy --cancel and --continue-rollback';
const deliveries = 'API Gateway asks for all of it together; gear local for what is done';

/** Grants beyond reading back that no deployment in gear local uses, each with why it is there nevertheless. */
export const notUsedHere: Readonly<Record<string, string>> = {
  'ArtifactsBuckets s3:DeleteBucket': 'a first creation of the artefact bucket that fails',
  'AccessLogs logs:DeleteLogDelivery': deliveries,
  'AccessLogs logs:DescribeLogGroups': deliveries,
  'AccessLogs logs:DescribeResourcePolicies': deliveries,
  'AccessLogs logs:GetLogDelivery': deliveries,
  'AccessLogs logs:ListLogDeliveries': deliveries,
  'AccessLogs logs:PutResourcePolicy': deliveries,
  'Alarms cloudwatch:UntagResource': tags,
  'ApiTags apigateway:PUT': tags,
  'ApiTags apigateway:TagResource': tags,
  'ArtifactsBucketPolicies s3:DeleteBucketPolicy': rollback,
  'ArtifactsBuckets s3:PutBucketTagging': tags,
  'ArtifactsBuckets s3:TagResource': tags,
  'ArtifactsBuckets s3:UntagResource': tags,
  'ArtifactsStack cloudformation:DeleteChangeSet': rollback,
  'ArtifactsStack cloudformation:DeleteStack': rollback,
  'Buckets s3:TagResource': tags,
  'Buckets s3:UntagResource': tags,
  'EventSources lambda:GetEventSourceMapping': 'CloudFormation waits until the mapping is enabled; here it is at once',
  'EventInvokeConfigs lambda:UpdateFunctionEventInvokeConfig':
    'gear local puts the changed one in the place of the old',
  'Functions lambda:GetRuntimeManagementConfig': handlers,
  'Functions lambda:ListTags': handlers,
  'Functions lambda:UntagResource': tags,
  'Keys kms:UntagResource': tags,
  'LogGroups logs:DeleteRetentionPolicy': otherChange,
  'LogGroups logs:UntagResource': tags,
  'Queues sqs:UntagQueue': tags,
  'ReadLogGroups logs:DescribeLogGroups': 'CloudFormation reads the log group back',
  'Roles iam:UpdateAssumeRolePolicy': otherChange,
  'Roles iam:UpdateRoleDescription':
    'CloudFormation’s handler may change a description by it; gear local’s calls UpdateRole',
  'Secrets secretsmanager:GetSecretValue': otherChange,
  'Secrets secretsmanager:UntagResource': tags,
  'Stack cloudformation:CancelUpdateStack': attended,
  'Stack cloudformation:ContinueUpdateRollback': attended,
  'Stack cloudformation:DeleteChangeSet': 'a change set that nobody approves is deleted',
  'Stack cloudformation:DescribeEvents':
    'what CloudFormation’s validation found is asked for when it refuses a change set',
  'Stack cloudformation:ListChangeSets': 'a change set that was kept for review is found by it',
  'Tables dynamodb:DescribeTimeToLive': handlers,
  'Tables dynamodb:UntagResource': tags,
  'TagEventSources lambda:UntagResource': tags,
};

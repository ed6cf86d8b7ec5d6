import type {OperationEvent} from '@aws-sdk/client-cloudformation';
import type {AwsClients} from '../aws/clients.ts';

/**
 * What CloudFormation found before it would create a change set: the change set's own reason only says that there is
 * something. undefined when it found nothing, or when whoever deploys may not ask; nothing hangs on it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/validate-stack-deployments.html
 */
export async function validationFailures(clients: AwsClients, changeSetId: string): Promise<string | undefined> {
  const found: string[] = [];
  try {
    const client = await clients.cloudFormation();
    for (let token: string | undefined; ; ) {
      const {OperationEvents = [], NextToken} = await client.describeEvents({
        ChangeSetName: changeSetId,
        Filters: {FailedEvents: true},
        NextToken: token,
      });
      found.push(...OperationEvents.flatMap(event => failureOf(event) ?? []));
      if (NextToken === undefined) break;
      token = NextToken;
    }
  } catch {
    return undefined;
  }
  return found.length === 0 ? undefined : [...new Set(found)].join('; ');
}

function failureOf(event: OperationEvent): string | undefined {
  const {LogicalResourceId, ResourceType, ValidationStatusReason, ValidationPath, HookType, HookStatusReason} = event;
  const subject = `${LogicalResourceId} (${ResourceType})`;
  if (event.EventType === 'HOOK_INVOCATION_ERROR' && event.HookFailureMode !== 'WARN')
    return `${subject}: the hook ${HookType} refused it: ${HookStatusReason ?? 'it gave no reason'}`;
  if (event.EventType !== 'VALIDATION_ERROR' || event.ValidationFailureMode === 'WARN') return undefined;
  const place = ValidationPath === undefined ? '' : `, at ${ValidationPath}`;
  return `${subject}: ${(ValidationStatusReason ?? event.ValidationName ?? 'invalid').replace(/\.$/, '')}${place}`;
}

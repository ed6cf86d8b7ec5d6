import type {DestroyPlan, OwnedBucket} from '../deploy/destroy-plan.ts';
import type {DestroyEvent, Destroyed, RetainedResource} from '../deploy/destroy-stack.ts';
import type {DestructionPhase} from '../deploy/destruction-phase.ts';
import type {Emptied} from '../deploy/empty-bucket.ts';
import {counted} from '../model/counted.ts';
import {countedTypes} from './counted-types.ts';
import {duration} from './units.ts';

type Paint = Readonly<Record<'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan', (text: string) => string>>;

export function destroyPlanText(plan: DestroyPlan, paint: Paint, columns?: number): string {
  const {stackName, status, deleted, retained, retainedByHand, buckets} = plan;
  const contents = new Map(buckets.map(bucket => [bucket.logicalId, contentsText(bucket)]));
  const rows = (resources: DestroyPlan['deleted']) => {
    const width = Math.max(0, ...resources.map(({logicalId}) => logicalId.length));
    const typeWidth = Math.max(0, ...resources.map(({type}) => type.length));
    return resources.map(({logicalId, type, physicalId}) => {
      const inside = contents.get(logicalId);
      const detail = paint.dim(`${type.padEnd(typeWidth)}  ${nameOf(physicalId)}`);
      return `  ${logicalId.padEnd(width)}  ${detail}${inside === undefined ? '' : `  ${paint.yellow(inside)}`}`;
    });
  };
  const withData = deleted.filter(({type}) => dataTypes.has(type));
  const others = deleted.filter(({type}) => !dataTypes.has(type));
  const byHand = retained.filter(({logicalId}) => retainedByHand.includes(logicalId));
  const policy = retained.filter(({logicalId}) => !retainedByHand.includes(logicalId));
  return [
    ...(status === 'DELETE_IN_PROGRESS' ? [`${stackName} is being deleted already.`] : []),
    deleted.length === 0
      ? `Nothing of ${stackName} will be deleted but the stack itself.`
      : paint.bold(`This will be deleted, ${counted(deleted.length, 'resource')}:`),
    ...rows(withData),
    ...othersLine(others, withData.length > 0, columns),
    ...(policy.length === 0 ? [] : [paint.bold('This stays, as its DeletionPolicy says:'), ...rows(policy)]),
    ...(byHand.length === 0 ? [] : [paint.bold('This stays, as --retain says:'), ...rows(byHand)]),
  ].join('\n');
}

/** The template makes them again: what they are called says nothing to who deletes them. */
function othersLine(others: DestroyPlan['deleted'], besides: boolean, columns: number | undefined): readonly string[] {
  if (others.length === 0) return [];
  return [countedTypes(besides ? '  and without data: ' : '  ', others, {columns})];
}

/** Of a queue's URL its end. */
function nameOf(physicalId: string): string {
  return /^https?:/.test(physicalId) ? physicalId.slice(physicalId.lastIndexOf('/') + 1) : physicalId;
}

/** What nobody can make again from the template: each is named. */
const dataTypes: ReadonlySet<string> = new Set([
  'AWS::S3::Bucket',
  'AWS::DynamoDB::Table',
  'AWS::SQS::Queue',
  'AWS::KMS::Key',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::Logs::LogGroup',
]);

export function contentsText({
  versions,
  uploads,
  more,
  freeVersions,
}: Omit<OwnedBucket, 'bucket' | 'logicalId'>): string {
  if (versions + uploads === 0) return 'empty';
  const parts = [
    ...(versions === 0 ? [] : [counted(versions, 'version')]),
    ...(uploads === 0 ? [] : [counted(uploads, 'unfinished upload')]),
  ].join(' and ');
  const free = freeVersions === undefined ? '' : `; Object Lock is on, and holds none of the ${freeVersions} looked at`;
  return `with ${more ? 'more than ' : ''}${parts} in it${free}`;
}

export function destroyQuestion(stackName: string, buckets: readonly OwnedBucket[]): string {
  const inside = buckets.filter(({versions, uploads}) => versions + uploads > 0).length;
  const data = inside === 0 ? '' : ` and all that is in ${inside === 1 ? 'its bucket' : `${inside} buckets`}`;
  return `This deletes ${stackName}${data} for good. Type ${stackName} to go on:`;
}

/** One event as a line for a log; undefined for one that says nothing worth a line. */
export function destroyLine(event: DestroyEvent, paint: Paint): string | undefined {
  switch (event.type) {
    case 'emptying':
      return emptyingLine(event.bucket, event);
    case 'deleting':
      return `Deleting ${event.stackName}`;
    case 'interrupted':
      return undefined;
    case 'overtaken':
      return `Somebody else deletes ${event.stackName}, or has deleted it: gear empties nothing for that, and follows it`;
    case 'written-to':
      return `  ${event.logicalId} was written to meanwhile: emptying it again`;
    case 'freed':
      return `  ${event.path} could not be deleted while ${event.importer} imported from it, which is gone now: deleting it again`;
    case 'interfaces':
      return `  ${event.logicalId} waits for ${counted(event.interfaces.length, 'network interface')} that Lambda gives back: ${event.interfaces.join(', ')}`;
    case 'stack-event':
      if (event.isStack || event.status.endsWith('_IN_PROGRESS')) return undefined;
      return `  ${status(event.status, paint)}  ${[...event.within, event.logicalId].join('/')}  ${paint.dim(event.resourceType)}${event.status === 'DELETE_FAILED' ? `  ${event.reason ?? ''}` : ''}`;
  }
}

export function emptyingLine(bucket: string, {versions, uploads}: Emptied): string {
  const aborted = uploads === 0 ? '' : `, ${counted(uploads, 'upload')} aborted`;
  return `  Emptying ${bucket}: ${counted(versions, 'version')} deleted${aborted}`;
}

function status(text: string, paint: Paint): string {
  if (text.endsWith('_FAILED')) return paint.red(text);
  return text === 'DELETE_SKIPPED' ? paint.yellow(text) : paint.green(text);
}

/** What ^C leaves of a stack. */
export function interruptedText(stackName: string, phase: DestructionPhase): string {
  switch (phase) {
    case 'untouched':
      return 'Interrupted. Nothing was deleted.';
    case 'emptied':
      return `Interrupted. The stack ${stackName} stands; what was taken out of its buckets is gone.`;
    case 'deleting':
      return `Interrupted. CloudFormation goes on deleting ${stackName}; the same command watches it.`;
    case 'unanswered':
      return `Interrupted. Whether CloudFormation deletes ${stackName} is not known: no answer came. The same command finds out, and goes on.`;
    case 'failed':
      return `Interrupted. The stack ${stackName} is in DELETE_FAILED, and part of it is gone; the same command goes on.`;
  }
}

/** A resource that CloudFormation is deleting. */
export interface BusyResource {
  readonly logicalId: string;
  readonly resourceType: string;
  readonly startedAt: Date;
}

export function busyLine({logicalId, resourceType, startedAt}: BusyResource, now: Date, paint: Paint): string {
  const since = now.getTime() - startedAt.getTime();
  return `  ${paint.cyan('DELETE_IN_PROGRESS')}  ${logicalId}  ${paint.dim(resourceType)}  ${duration(since)}`;
}

/** What else takes minutes when a stack is deleted; undefined for what does not. */
export function waitReason(resource: BusyResource, inNetwork: boolean): string | undefined {
  const {logicalId, resourceType} = resource;
  if (resourceType === 'AWS::Lambda::Function' && inNetwork)
    return `  ${logicalId} is in a VPC: Lambda gives its network interfaces back first, which can take 40 minutes`;
  if (/^AWS::EC2::(SecurityGroup|Subnet)$/.test(resourceType))
    return `  ${logicalId} waits until the network interfaces that Lambda has in it are gone, which can take 40 minutes`;
  return undefined;
}

export function destroyedText(
  stackName: string,
  {retained, emptied}: Destroyed,
  {
    milliseconds,
    shown,
    paint,
  }: {
    readonly milliseconds: number;
    /** A command as it has to be typed where the user is. */
    readonly shown: (command: string) => string;
    readonly paint: Paint;
  },
): string {
  return [
    paint.bold(`Deleted ${stackName} in ${duration(milliseconds)}${insideText(emptied)}`),
    ...retainedLines(retained.map(resource => [resource.logicalId, howToDelete(resource, shown)])),
  ].join('\n');
}

/** What was in the buckets that went. */
export function insideText(emptied: Destroyed['emptied']): string {
  const versions = emptied.reduce((sum, bucket) => sum + bucket.versions, 0);
  return versions === 0 ? '' : `, with ${counted(versions, 'version')} of objects`;
}

/** Each with how to delete it. */
export function retainedLines(rows: readonly (readonly [name: string, how: string])[]): readonly string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return [
    'This stays and belongs to no stack any more. To delete it, too:',
    ...rows.map(([name, how]) => `  ${name.padEnd(width)}  ${how}`),
  ];
}

/** `shown` makes of a command what has to be typed where the user is. */
export function howToDelete(resource: RetainedResource, shown: (command: string) => string): string {
  const command = deletionCommand(resource);
  return command === undefined ? `${resource.type} ${resource.physicalId}` : shown(command);
}

/** How a resource of a kind that people retain is deleted by hand; undefined for other kinds. */
function deletionCommand({type, physicalId, isProtected}: RetainedResource): string | undefined {
  switch (type) {
    case 'AWS::S3::Bucket':
      // aws s3 rb --force does not see old versions.
      return `gear destroy --bucket ${physicalId}`;
    case 'AWS::DynamoDB::Table':
      return [
        // DynamoDB deletes none while its update is under way.
        ...(isProtected
          ? [
              `aws dynamodb update-table --table-name ${physicalId} --no-deletion-protection-enabled`,
              `aws dynamodb wait table-exists --table-name ${physicalId}`,
            ]
          : []),
        `aws dynamodb delete-table --table-name ${physicalId}`,
      ].join(' && ');
    case 'AWS::SQS::Queue':
      return `aws sqs delete-queue --queue-url ${physicalId}`;
    case 'AWS::SNS::Topic':
      return `aws sns delete-topic --topic-arn ${physicalId}`;
    case 'AWS::Logs::LogGroup':
      return `aws logs delete-log-group --log-group-name ${physicalId}`;
    case 'AWS::KMS::Key':
      return `aws kms schedule-key-deletion --key-id ${physicalId}`;
    case 'AWS::SecretsManager::Secret':
      return `aws secretsmanager delete-secret --secret-id ${physicalId}`;
    case 'AWS::SSM::Parameter':
      return `aws ssm delete-parameter --name ${physicalId}`;
    case 'AWS::Lambda::Function':
    case 'AWS::Lambda::Version':
      return `aws lambda delete-function --function-name ${physicalId}`;
    default:
      return undefined;
  }
}

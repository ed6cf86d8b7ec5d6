/** What is known to help with a failure, by the words that CloudFormation and the services use for it. */
export interface Remedy {
  /** For tests and for machines: 'name-taken'. */
  readonly id: string;
  readonly pattern: RegExp;
  /** Only for resources of these types. */
  readonly types?: RegExp;
  advice(match: RegExpExecArray, failure: Failure): readonly string[];
}

export interface Failure {
  readonly resource: string;
  readonly resourceType: string;
  readonly text: string;
  readonly code: string | undefined;
}

const again = 'gear deploy again';

/** The first that fits is taken: what is more particular stands first. */
export const remedies: readonly Remedy[] = [
  {
    id: 'organization-denies',
    pattern:
      /not authorized to perform: ([\w:*-]+)[\s\S]*explicit deny in an? (service control|resource control) policy/i,
    advice: ([, action, kind]) => [
      `ask who looks after the organization: its ${kind} policy denies ${action}, and no policy of this account changes that`,
    ],
  },
  {
    id: 'deployer-not-allowed',
    pattern: /User: (\S+) is not authorized to perform: ([\w:*-]+)(?: on resource: (\S+?))?(?=[.,]?(?:\s|$))/i,
    advice: ([, principal = '', action, resource]) => [
      `allow ${action}${resource === undefined ? '' : ` on ${resource}`} to ${principalName(principal)}, which deploys`,
    ],
  },
  {
    id: 'poller-not-allowed',
    pattern: /execution role does not have permissions to call (\w+) on (\w+)/i,
    advice: ([, action, service = '']) => [
      `allow ${service.toLowerCase()}:${action} in the function’s role; gear audit names what each function needs`,
    ],
  },
  {
    id: 'access-denied',
    pattern: /API: ([\w-]+:\w+) Access Denied|Access ?Denied/i,
    advice: ([, action]) => [
      action === undefined
        ? 'see in CloudTrail which call was denied, and allow it to whoever deploys'
        : `allow ${action} to whoever deploys`,
    ],
  },
  {
    id: 'credentials-expired',
    pattern: /security token included in the request is (expired|invalid)|ExpiredToken/i,
    advice: () => ['log in again, then gear deploy again'],
  },
  {
    id: 'secret-scheduled-for-deletion',
    pattern: /secret with this name is already scheduled for deletion/i,
    advice: (_match, {resource}) => [
      `aws secretsmanager restore-secret --secret-id NAME, with the Name of ${resource}, and import it into the stack`,
      `another Name for ${resource}: this one is free once the recovery window of the old secret is over`,
    ],
  },
  {
    id: 'name-in-another-stack',
    pattern: /(\S+) already exists in stack (\S+)/i,
    advice: ([, name, stack = '']) => [
      `take it out of the stack ${stackName(stack)} first, or give ${name} another name`,
    ],
  },
  {
    id: 'log-group-exists',
    pattern: /already exists/i,
    types: /^AWS::Logs::LogGroup$/,
    advice: (_match, {resource}) => [
      'import the log group into the stack, or delete it: Lambda creates one at a function’s first invocation',
      `leave out the name of ${resource}, and let LoggingConfig refer to it`,
    ],
  },
  {
    id: 'name-taken',
    pattern: /already exists|AlreadyExists|AlreadyOwnedByYou|bucket name is not available|already in use by another/i,
    advice: (_match, {resource, resourceType}) => [
      `leave out the name of ${resource}: CloudFormation then chooses one that is free`,
      resourceType === 'AWS::S3::Bucket'
        ? 'another name: that of a bucket is taken for every account'
        : 'delete or import what has the name, if it is left from another stack',
    ],
  },
  {
    id: 'custom-name-needs-replacement',
    pattern: /custom-named resource requires replacing\. Rename (\S+)/i,
    advice: ([, name]) => [
      `give it another name than ${name}, or none: the new one is created while the old one stands`,
    ],
  },
  {
    id: 'artefact-missing',
    pattern: /S3 Error Code: (NoSuchKey|NoSuchBucket)|specified (key|bucket) does not exist/i,
    advice: () => ['gear deploy again: what is missing in the artefact bucket is uploaded anew'],
  },
  {
    id: 'artefact-in-another-region',
    pattern: /PermanentRedirect|bucket is in this region: (\S+?)[.,]?(?:\s|$)/i,
    advice: () => [
      'the code has to lie in a bucket of the stack’s own region: gear deploy --region with that of the stack',
    ],
  },
  {
    id: 'package-too-large',
    pattern: /Unzipped size must be smaller than (\d+) bytes/i,
    advice: () => ['gear audit names what makes the package large; 250 MB unzipped is the most, layers included'],
  },
  {
    id: 'code-storage-full',
    pattern: /Code storage limit exceeded|CodeStorageExceeded/i,
    advice: () => ['delete versions of functions that nobody uses, or raise the quota “Function and layer storage”'],
  },
  {
    id: 'role-policy-too-large',
    pattern: /Maximum policy size of (\d+) bytes exceeded for role/i,
    advice: () => [
      'one role for each function, and fewer statements in it: the inline policies of a role share 10,240 characters',
    ],
  },
  {
    id: 'no-concurrency-left',
    pattern: /UnreservedConcurrentExecution below its minimum/i,
    advice: () => ['a smaller ReservedConcurrentExecutions, or raise the account’s quota of concurrent executions'],
  },
  {
    id: 'role-not-yet-assumable',
    pattern: /cannot be assumed by|(?:able|allow [\w ]+?) to assume|unable to assume/i,
    advice: () => [
      'gear deploy again: a new role takes some seconds until every service knows it',
      'if it fails again, its trust policy does not name the service',
    ],
  },
  {
    id: 'not-empty',
    pattern: /not empty|BucketNotEmpty/i,
    advice: (_match, {resource}) => [`empty ${resource}, or keep it with DeletionPolicy: Retain`],
  },
  {
    id: 'export-in-use',
    pattern: /Export (\S+) cannot be (?:deleted|updated) as it is in use by ([^\s.]+)/i,
    advice: ([, name, stack]) => [`deploy ${stack} without its import of ${name} first`],
  },
  {
    id: 'network-interfaces-linger',
    pattern: /dependent object|network interface|DependencyViolation/i,
    types: /^AWS::EC2::/,
    advice: () => [
      'gear deploy again in half an hour: Lambda gives a function’s network interfaces back some 20 to 40 minutes after it is gone',
    ],
  },
  {
    id: 'limit-exceeded',
    pattern: /LimitExceeded|ServiceLimitExceeded|maximum number of|quota/i,
    advice: () => ['delete what nobody uses, or raise the quota: aws service-quotas list-service-quotas'],
  },
  {
    id: 'throttled',
    pattern: /Rate exceeded|Throttl|TooManyRequests|RequestLimitExceeded/i,
    advice: () => [`${again}: too much was asked of the service at once, and nothing is wrong with the template`],
  },
  {
    id: 'busy-resource',
    pattern: /update is in progress|ResourceConflictException|currently in the following state: Pending/i,
    advice: () => [`${again} when whatever else changes it is done`],
  },
  {
    id: 'runtime-retired',
    pattern: /runtime parameter of (\S+) is no longer supported/i,
    advice: ([, runtime]) => [`another Runtime than ${runtime}`],
  },
  {
    id: 'hook-refused',
    pattern: /the hook (\S+) refused it|The following hook\(s\) failed: \[([^\]]+)\]/i,
    advice: ([, hook, failed]) => [
      `change what ${hook ?? failed} refuses, or ask who looks after it: a hook is the account’s own rule`,
    ],
  },
  {
    id: 'never-stable',
    pattern: /NotStabilized|Exceeded attempts to wait|did not stabilize|timed out waiting/i,
    advice: (_match, {resource}) => [`look at ${resource} itself: it was made, and did not become ready in time`],
  },
  {
    id: 'service-ill',
    pattern: /ServiceInternalError|InternalFailure|InternalServiceError|Internal Failure|ServiceUnavailable/i,
    advice: () => [`${again}: the service failed, not the template; health.aws.amazon.com says when it is known`],
  },
  {
    id: 'invalid-property',
    pattern:
      /Properties validation failed|unsupported property|InvalidRequest|validation error|is invalid|extraneous key/i,
    advice: () => ['mend the property at that line and deploy again'],
  },
];

/** What to do about it; nothing when the failure is not one of the common ones. */
export function remedyFor(failure: Failure): {readonly id: string; readonly advice: readonly string[]} | undefined {
  for (const {id, pattern, types, advice} of remedies) {
    if (types !== undefined && !types.test(failure.resourceType)) continue;
    const match = pattern.exec(failure.text) ?? (failure.code === undefined ? null : pattern.exec(failure.code));
    if (match !== null) return {id, advice: advice(match, failure)};
  }
  return undefined;
}

/** `deploy` of `arn:aws:sts::111122223333:assumed-role/deploy/session`. */
function principalName(arn: string): string {
  const [, kind, name] = /:(assumed-role|role|user)\/(?:.*\/)?([^/]+?)(?:\/[^/]*)?$/.exec(arn) ?? [];
  if (kind === undefined) return arn;
  const [, role] = /:assumed-role\/([^/]+)/.exec(arn) ?? [];
  return kind === 'user' ? `the user ${name}` : `the role ${role ?? name}`;
}

function stackName(arn: string): string {
  return /stack\/([^/]+)/.exec(arn)?.[1] ?? arn;
}

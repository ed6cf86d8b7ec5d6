import type {LambdaFunction} from '../../../model/lambda-function.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/snapstart-conflict',
  subject: 'function',
  severity: 'high',
  title: 'SnapStart is asked for where there is none',
  why: 'Lambda refuses the function, or the deployment fails when the version is published.',
  remedy: 'Take SnapStart away, or what it cannot go with.',
  since: '0.1.0',
  examples: {
    bad: 'Runtime: nodejs24.x\nSnapStart: {ApplyOn: PublishedVersions}',
    good: 'Runtime: java21\nSnapStart: {ApplyOn: PublishedVersions}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html',
  *check(fn) {
    if (fn.snapStart !== true) return;
    const conflicts = conflictsOf(fn);
    if (conflicts.length > 0)
      yield {message: `SnapStart of ${fn.name} does not go with ${conflicts.join(', ')}`, evidence: {conflicts}};
    else if (fn.ephemeralStorage !== undefined && isUnresolved(fn.ephemeralStorage))
      yield {unknown: `the size of its /tmp is not known: ${fn.ephemeralStorage.reason}`};
  },
});

function conflictsOf(fn: LambdaFunction): readonly string[] {
  const {runtime, ephemeralStorage: storage, hasFileSystem, provisionedConcurrency, package: code} = fn;
  const found: readonly (string | false)[] = [
    typeof runtime === 'string' && !supported.test(runtime) && `the runtime ${runtime}`,
    code.kind === 'image' && 'a container image',
    provisionedConcurrency === true && 'provisioned concurrency',
    hasFileSystem === true && 'a file system',
    typeof storage === 'number' && storage > 512 && `${storage} MB of /tmp`,
  ];
  return found.filter(conflict => conflict !== false);
}

/** Java from 11, Python from 3.12, .NET from 8. */
const supported = /^(java(11|17|[2-9]\d)|python3\.(1[2-9]|[2-9]\d)|dotnet([89]|[1-9]\d))$/;

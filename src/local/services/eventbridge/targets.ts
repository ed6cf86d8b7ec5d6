import type {PermissionRequest} from '../../operation.ts';
import {notImplemented} from '../../service-error.ts';
import {type Infer, integer, map, required, string, structure} from '../../shape.ts';
import {invalid} from './errors.ts';
import {parseJsonPath} from './json-path.ts';

/** Of the parameters that each kind of target has, only those of a queue. */
export const targetShape = structure({
  Id: required(string),
  Arn: required(string),
  RoleArn: string,
  Input: string,
  InputPath: string,
  InputTransformer: structure({InputPathsMap: map(string), InputTemplate: required(string)}),
  SqsParameters: structure({MessageGroupId: string}),
  DeadLetterConfig: structure({Arn: string}),
  RetryPolicy: structure({MaximumRetryAttempts: integer, MaximumEventAgeInSeconds: integer}),
});
type TargetInput = Infer<typeof targetShape>;

export function checkTarget(target: TargetInput): void {
  const {Id, Arn, Input, InputPath, InputTransformer, RetryPolicy = {}} = target;
  if (!/^[\w.-]{1,64}$/.test(Id)) throw invalid(`Value '${Id}' at 'targets.id' failed to satisfy constraint`);
  if (!/^arn:aws:(lambda|sqs|sns):[\w-]+:\d{12}:.+$/.test(Arn))
    throw /^arn:aws:/.test(Arn)
      ? notImplemented(`the target ${Arn}: only a function, a queue or a topic can be one`)
      : invalid(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  const given = [Input, InputPath, InputTransformer].filter(one => one !== undefined);
  if (given.length > 1)
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${Id}`);
  for (const path of [InputPath, ...Object.values(InputTransformer?.InputPathsMap ?? {})])
    if (path !== undefined && parseJsonPath(path) === undefined)
      throw path.startsWith('$')
        ? notImplemented(`the path ${path}`)
        : invalid(`InputPath for target ${Id} is invalid.`);
  for (const name of Object.keys(InputTransformer?.InputPathsMap ?? {}))
    if (name.toUpperCase().startsWith('AWS'))
      throw invalid(`InputPathsMap of target ${Id}: keys must not start with AWS`);
  checkRange('MaximumRetryAttempts', RetryPolicy.MaximumRetryAttempts, 0, 185);
  checkRange('MaximumEventAgeInSeconds', RetryPolicy.MaximumEventAgeInSeconds, 60, 86_400);
}

/** Whoever gives a target a role must be allowed to pass it to EventBridge. */
export function passedRoles(targets: readonly TargetInput[]): PermissionRequest[] {
  return targets.flatMap(({RoleArn}) =>
    RoleArn === undefined
      ? []
      : [{action: 'iam:PassRole', resource: RoleArn, context: {'iam:PassedToService': 'events.amazonaws.com'}}],
  );
}

function checkRange(name: string, value: number | undefined, least: number, most: number): void {
  if (value !== undefined && (value < least || value > most))
    throw invalid(`Parameter ${name} is not valid. Reason: It must be from ${least} to ${most}.`);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

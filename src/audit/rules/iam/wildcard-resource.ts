import {type ActionDescription, describeAction, expandAction} from '../../../iam/catalogue.ts';
import type {IdentityPolicy} from '../../../model/execution-role.ts';
import type {Severity} from '../../../model/finding.ts';
import type {Inventory} from '../../../model/inventory.ts';
import type {Statement} from '../../../model/policy.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {type Detection, defineRule} from '../../define-rule.ts';
import {exposureOf} from '../../exposing-actions.ts';
import {grantsFinder} from '../../grants.ts';
import {isLogging} from '../../logging-actions.ts';
import {narrowerRemedy} from '../../narrower-resource.ts';
import {isInOnePlace, isKeptFromCode, isNetworkOfFunction} from '../../network-of-function.ts';
import {ofPolicyTemplate} from '../../of-policy-template.ts';
import {allowsWholeService, isStar, namesNothing} from '../../resource-pattern.ts';
import {scopingCondition} from '../../scoping-condition.ts';

export default defineRule({
  id: 'iam/wildcard-resource',
  subject: 'statement',
  severity: 'high',
  title: 'A statement allows an action on every resource, though the action could name one',
  why: 'The function can then read or change what belongs to other functions, and to other teams of the account.',
  remedy: 'Name the resource, as an ARN or with !GetAtt.',
  since: '0.1.0',
  examples: {
    bad: "Action: sqs:SendMessage\nResource: '*'",
    good: 'Action: sqs:SendMessage\nResource: !GetAtt OrdersQueue.Arn',
  },
  reference: 'https://docs.aws.amazon.com/service-authorization/latest/reference/',
  *check(statement, {policy, inventory}) {
    if (statement.effect === 'Deny') return;
    const condition = scopingCondition(statement);
    for (const action of statement.actions) {
      // wildcard-action, pass-role-anywhere and assume-role-anywhere have more to say about these.
      if (isUnresolved(action) || allowsWholeService(action) || spokenFor.has(action.toLowerCase())) continue;
      const described = describeAll(action).filter(({class: kind}) => kind !== 'must-be-star');
      if (described.length === 0) continue;
      // Most calls name no resource, so that the condition is what narrows them: cloudwatch:namespace.
      if (condition !== undefined && !described.some(({class: kind}) => kind === 'restrictable')) continue;
      for (const resource of statement.resources) {
        if (isUnresolved(resource)) yield {unknown: `the resource ${resource.text} is not known: ${resource.reason}`};
        else if (!namesNothing(resource)) continue;
        else if (isNetworkOfFunction(action) && isInOnePlace(resource)) {
          if (policy === undefined || !isKeptFromCode(action, resource, policy, inventory))
            yield openToCode(action, resource);
        } else if (!isTakenAway(action, resource, statement, policy, inventory)) {
          const remedy = narrowerRemedy(action, statement, inventory);
          yield {
            ...detection(action, resource, described, condition),
            ...(remedy === undefined ? {} : {remedy}),
            ...ofPolicyTemplate(policy),
          };
        }
      }
    }
  },
});

const spokenFor = new Set(['iam:passrole', 'sts:assumerole']);

/** As narrow as it can be for Lambda, and still more than the function's code should have. */
function openToCode(action: string, resource: string): Detection {
  return {
    message: `${action} is allowed on ${resource}, as Lambda needs it for a VPC, and the function's own code may use it too`,
    severity: 'info',
    evidence: {action, resource},
    remedy: 'Deny it where lambda:SourceFunctionArn is there (Null: false): what Lambda itself does goes on.',
  };
}

function describeAll(action: string): readonly ActionDescription[] {
  const actions = /[*?]/.test(action) ? expandAction(action) : [action];
  return actions.map(describeAction).filter(described => described !== undefined);
}

function detection(
  action: string,
  resource: string,
  described: readonly ActionDescription[],
  condition: string | undefined,
): Detection {
  const restrictable = described.filter(({class: kind}) => kind === 'restrictable');
  const types = listed([...new Set((restrictable[0] ?? described[0]!).resourceTypes.map(({name}) => name))]);
  const evidence = {action, resource, ...(condition === undefined ? {} : {condition})};
  if (restrictable.length === 0)
    return {
      message: `${action} is allowed on ${resource}; it can name a resource (${types}), though most calls do not`,
      severity: 'info',
      evidence,
    };
  if (condition !== undefined)
    return {
      message: `${action} is allowed on ${resource}, narrowed only by the condition on ${condition}`,
      severity: 'info',
      evidence,
    };
  const exposed = exposures(restrictable);
  return {
    message: `${action} is allowed on ${resource}, but could name a resource (${types})${exposed.length === 0 ? '' : `; it gives away ${exposed.join(' and ')}`}`,
    severity: severityOf(action, resource, restrictable),
    evidence: exposed.length === 0 ? evidence : {...evidence, exposes: exposed},
  };
}

/** Some actions of Bedrock know a dozen. */
function listed(types: readonly string[]): string {
  return types.length <= 5 ? types.join(', ') : `${types.slice(0, 4).join(', ')} and ${types.length - 4} other kinds`;
}

function severityOf(action: string, resource: string, described: readonly ActionDescription[]): Severity {
  const changes = described.some(
    ({accessLevel}) => accessLevel === 'Write' || accessLevel === 'Permissions management',
  );
  // As with networks, which AWSLambdaVPCAccessExecutionRole allows everywhere.
  if (isLogging(action) || isNetworkOfFunction(action)) return isStar(resource) ? 'medium' : 'low';
  if (changes || exposures(described).length > 0) return isStar(resource) ? 'high' : 'medium';
  return described.some(({accessLevel}) => accessLevel === 'Tagging') ? 'medium' : 'low';
}

function exposures(described: readonly ActionDescription[]): readonly string[] {
  const all = described.map(({action, accessLevel}) => exposureOf(action, accessLevel));
  return [...new Set(all.filter(exposure => exposure !== undefined))].sort();
}

/** Whether each role that has the policy is denied the action all the same, or bounded away from it. */
function isTakenAway(
  action: string,
  resource: string,
  statement: Statement,
  policy: IdentityPolicy | undefined,
  inventory: Inventory,
): boolean {
  if (policy === undefined || /[*?]/.test(action)) return false;
  const roles = inventory.roles.filter(({arn}) => policy.roles.includes(arn));
  return (
    roles.length > 0 &&
    roles.length === policy.roles.length &&
    roles.every(
      role =>
        !grantsFinder(
          role,
          inventory,
        )(action).some(grant => grant.statement === statement && grant.resource === resource),
    )
  );
}

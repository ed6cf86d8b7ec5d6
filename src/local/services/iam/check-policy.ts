import {GearError} from '../../../errors.ts';
import {parsePolicy} from '../../../iam/parse-policy.ts';
import type {PolicyDocument, Statement} from '../../../model/policy.ts';
import {malformedPolicy} from './errors.ts';

/** Refuses what IAM would refuse of a policy that is attached to a role, in IAM's words. */
export function checkIdentityPolicy(text: string): void {
  for (const statement of parse(text).statements) {
    if (statement.principal || statement.notPrincipal)
      throw malformedPolicy('Policy document should not specify a principal.');
    if (statement.resources.length + statement.notResources.length === 0)
      throw malformedPolicy('Policy statement must contain resources.');
    checkActions(statement);
    checkResources(statement);
  }
}

/** The same for the policy that says who may assume a role; the roles of this account that it names must exist. */
export function checkTrustPolicy(text: string, roleExists: (arn: string) => boolean): void {
  for (const statement of parse(text).statements) {
    if (!statement.principal && !statement.notPrincipal) throw malformedPolicy('Missing required field Principal');
    if (statement.resources.length + statement.notResources.length > 0)
      throw malformedPolicy('Has prohibited field Resource');
    const actions = [...statement.actions, ...statement.notActions].map(String);
    if (!actions.every(action => action.toLowerCase().startsWith('sts:')))
      throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
    for (const [kind, names] of Object.entries(statement.principal ?? statement.notPrincipal ?? {}))
      for (const name of names.map(String))
        if (!isPrincipal(kind, name, roleExists))
          throw malformedPolicy(`Invalid principal in policy: "${kind}":"${name}"`);
  }
}

function isPrincipal(kind: string, name: string, roleExists: (arn: string) => boolean): boolean {
  if (kind === 'Service') return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com|amazon\.com|aws\.internal)$/.test(name);
  if (kind !== 'AWS' || name === '*' || /^\d{12}$/.test(name)) return true;
  const [, resource = ''] = /^arn:aws:(?:iam|sts)::\d{12}:(.+)$/.exec(name) ?? [];
  return resource.startsWith('role/') ? roleExists(name) : resource !== '';
}

/** IAM does not count white space against the size limits. */
export function policySize(text: string): number {
  return text.replaceAll(/\s/g, '').length;
}

function parse(text: string): PolicyDocument {
  const document = parsed(text);
  const sids = document.statements.flatMap(({sid}) => sid ?? []);
  if (new Set(sids).size < sids.length) throw malformedPolicy('Statement IDs (SID) in a single policy must be unique.');
  return document;
}

function parsed(text: string): PolicyDocument {
  try {
    return parsePolicy(text, {arn: 'policy', region: ''});
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    // AWS says only this much; what follows tells where.
    throw malformedPolicy(`Syntax errors in policy.${error.message.replace(/^.*malformed policy:/, '')}`);
  }
}

function checkActions({actions, notActions}: Statement): void {
  for (const action of [...actions, ...notActions].map(String)) {
    if (action === '*') continue;
    const [vendor = '', name] = action.split(':');
    if (name === undefined)
      throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
    if (!/^[a-z0-9-]+$/i.test(vendor)) throw malformedPolicy(`Vendor ${vendor} is not valid`);
  }
}

function checkResources({resources, notResources}: Statement): void {
  for (const resource of [...resources, ...notResources].map(String))
    if (resource !== '*' && !/^(arn|\*|\$\{)/.test(resource))
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
    else if (resource.startsWith('arn:') && resource.split(':').length < 6 && !resource.endsWith('*'))
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
}

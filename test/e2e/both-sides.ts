import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {CloudFormation} from '@aws-sdk/client-cloudformation';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import type {LocalCloud} from '../../src/local/cloud.ts';
import type {Finding} from '../../src/model/finding.ts';
import {repository} from './gear.ts';

const today = '2026-11-21';

export function clientsOf({endpoint, region, credentials}: LocalCloud) {
  return awsClients({endpoint, region, credentials});
}

export async function deploy(cloud: LocalCloud, stackName: string, template: string): Promise<void> {
  const {account, region, endpoint} = cloud;
  await deployService(
    clientsOf(cloud),
    {account, region, arn: '', endpoint},
    {
      service: stackName,
      stackName,
      template,
      parameters: {},
      prebuilt: false,
      fallbackModules: [join(repository, 'node_modules')],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  );
}

export async function findingsOfTemplate(path: string): Promise<readonly Finding[]> {
  const inventory = await readTemplateInventory(parseTemplate(readFileSync(path, 'utf8'), path));
  return audit(inventory, rules, {today}).findings.filter(finding => !onlyInTemplates(finding));
}

export async function findingsOfAccount(cloud: LocalCloud): Promise<readonly Finding[]> {
  const inventory = await readAccountInventory(awsAccountCalls(clientsOf(cloud)), cloud);
  return audit(inventory, rules, {today}).findings.filter(finding => !onlyInTemplates(finding));
}

export function told(findings: readonly Finding[], translate: (text: string) => string) {
  return findings
    .map(({rule, severity, function: fn, evidence}) =>
      translate(`${severity} ${rule} ${fn ?? '-'} ${JSON.stringify(evidence)}`),
    )
    .sort();
}

export function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, '$1');
}

/** From the names that AWS gave to those that the template uses. */
export async function translator(cloudFormation: CloudFormation, stackName: string, {account, region}: LocalCloud) {
  const {StackResources = []} = await cloudFormation.describeStackResources({StackName: stackName});
  const names = StackResources.map(({PhysicalResourceId = '', LogicalResourceId = ''}) => {
    const name = /^(http|arn:)/.test(PhysicalResourceId)
      ? PhysicalResourceId.slice(PhysicalResourceId.search(/[^:/]*$/))
      : PhysicalResourceId;
    return [name, LogicalResourceId] as const;
  });
  // Only names that AWS made up: one that the template gives is the same on both sides.
  const generated = names.filter(([name]) => name.startsWith(stackName)).sort(([a], [b]) => b.length - a.length);
  const all = [
    ...generated,
    [stackName, 'AWS::StackName'],
    [account, 'AWS::AccountId'],
    [region, 'AWS::Region'],
  ] as const;
  return (text: string) => all.reduce((before, [from, to]) => before.replaceAll(from, to), text);
}

/**
 * What only one side can see. A template knows of the group that Lambda will make; an account sees it once it is there.
 */
const onlyInTemplates = ({rule, message}: Finding) =>
  notReadInAccounts.has(rule) ||
  (rule === 'observability/logs-kept-forever' && message.includes('the template has no log group')) ||
  // No function reads this queue, and no role names it.
  (rule === 'resilience/short-dead-letter-retention' && message.includes('sent to Unread')) ||
  // Of an account only the roles of functions are audited.
  rule === 'iam/unconditioned-service-trust';

/** Composite alarms; src/audit/README.md names the calls that it would take. */
const notReadInAccounts = new Set(['observability/alarm-without-action']);

import {globSync, mkdirSync, readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import type {CloudFormation} from '@aws-sdk/client-cloudformation';
import {afterEach, expect, test} from 'vitest';
import {audit} from '../../src/audit/audit.ts';
import {rules} from '../../src/audit/rules/index.ts';
import {awsClients} from '../../src/aws/clients.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {deployService} from '../../src/deploy/deploy-service.ts';
import {awsAccountCalls} from '../../src/inventory/account/aws-account-calls.ts';
import {readAccountInventory} from '../../src/inventory/read-account-inventory.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import type {Finding} from '../../src/model/finding.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {repository} from './gear.ts';

const folder = join(import.meta.dirname, 'same-findings');
const today = '2026-11-21';
const stackName = 'orders-under-audit';

let cloud: LocalCloud | undefined;
afterEach(() => cloud?.close());

/**
 * What only one side can see. A template knows of the group that Lambda will make; an account sees it once it is there.
 */
const onlyInTemplates = ({rule, message}: Finding) =>
  knownOnceDeployed.has(rule) ||
  (rule === 'observability/logs-kept-forever' && message.includes('the template has no log group')) ||
  // No function reads this queue, and no role names it.
  (rule === 'resilience/short-dead-letter-retention' && message.includes('sent to Unread')) ||
  // Of an account only the roles of functions are audited.
  rule === 'iam/unconditioned-service-trust';

/** A template may leave it to who deploys it whom its alarms tell; once deployed they tell somebody or nobody. */
const knownOnceDeployed = new Set(['observability/alarm-without-action']);

test.each(globSync('*.yaml', {cwd: folder}).sort())(
  '%s has the same findings as what is deployed of it',
  async file => {
    const {template, account} = await auditBoth(join(folder, file));
    expect(template.length).toBeGreaterThan(0);
    expect(account).toEqual(template);
  },
);

test('the ingestion service has no findings, neither as a template nor deployed', async () => {
  const service = join(repository, '.test', `same-findings-${process.pid}`);
  mkdirSync(join(repository, '.test'), {recursive: true});
  try {
    await writeService(service, await renderService({template: 'ingestion', language: 'typescript', name: 'orders'}));
    expect(await auditBoth(join(service, 'template.yaml'))).toEqual({template: [], account: []});
  } finally {
    rmSync(service, {recursive: true, force: true});
  }
});

/** The findings of a template, and those of an account in which nothing but its stack is deployed. */
async function auditBoth(path: string) {
  cloud = await startLocalCloud();
  const {endpoint, region, account, credentials} = cloud;
  const clients = awsClients({endpoint, region, credentials});
  await deployService(
    clients,
    {account, region, arn: '', endpoint},
    {
      service: 'orders',
      stackName,
      template: path,
      parameters: {},
      prebuilt: false,
      fallbackModules: [join(repository, 'node_modules')],
      pollMilliseconds: 10,
      onEvent: () => {},
      approve: async () => true,
    },
  );
  const template = await readTemplateInventory(parseTemplate(readFileSync(path, 'utf8'), path));
  const deployed = await readAccountInventory(awsAccountCalls(clients), {account, region});
  const inTemplate = audit(template, rules, {today});
  const inAccount = audit(deployed, rules, {today});
  const asWritten = await translator(await clients.cloudFormation(), {account, region});
  return {
    template: told(
      inTemplate.findings.filter(finding => !onlyInTemplates(finding)),
      withoutPlaceholders,
    ),
    account: told(
      inAccount.findings.filter(finding => !onlyInTemplates(finding)),
      asWritten,
    ),
  };
}

function told(findings: readonly Finding[], translate: (text: string) => string) {
  return findings
    .map(({rule, severity, function: fn, evidence}) =>
      translate(`${severity} ${rule} ${fn ?? '-'} ${JSON.stringify(evidence)}`),
    )
    .sort();
}

function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\$\{([^}]*)\}/g, '$1');
}

/** From the names that AWS gave to those that the template uses. */
async function translator(cloudFormation: CloudFormation, {account, region}: {account: string; region: string}) {
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

import {copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {zipSync} from 'fflate';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {awsClients} from '../../../src/aws/clients.ts';
import {parseTemplate} from '../../../src/cloudformation/parse.ts';
import {readNestedTemplates} from '../../../src/deploy/nested-templates.ts';
import {type DeployerPolicies, deployerPolicies} from '../../../src/deploy/policy/deployer-policy.ts';
import {resourceNeeds} from '../../../src/deploy/policy/types/index.ts';
import {type LocalCloud, startLocalCloud} from '../../../src/local/cloud.ts';
import {parametersFor} from '../../drives/index.ts';
import {type Variant, variants} from '../../templates/variants.ts';
import {clientsWith, deleteStack, deploy, type ServiceOnDisk, serviceOnDisk} from './deploying-service.ts';
import {notUsedHere} from './not-used-here.ts';

let cloud: LocalCloud;
beforeAll(async () => {
  cloud = await startLocalCloud({region: 'eu-central-1'});
});
afterAll(() => cloud.close());

function policiesFor(service: ServiceOnDisk, stackName: string, {template}: Variant): DeployerPolicies {
  return deployerPolicies({
    template: service.template(),
    service: 'orders',
    place: {account: cloud.account, region: cloud.region, stackName},
    parameters: parametersFor(template, 'http://127.0.0.1:1/'),
    bucketExists: false,
  });
}

describe('the printed policies', () => {
  const used = new Set<string>();
  const granted = new Set<string>();

  test.each(variants.filter(({language}) => language === 'typescript'))(
    'are enough to deploy, change and delete $title, and the artefact bucket where there is none',
    async variant => {
      const {template, language, queue} = variant;
      const service = await serviceOnDisk({template, language, queue});
      const stackName = ['my', template, queue].filter(part => part !== undefined).join('-');
      try {
        const role = `Deployer${stackName.replaceAll('-', '')}`;
        const {policies} = policiesFor(service, stackName, variant);
        const clients = await clientsWith(
          cloud,
          role,
          policies.map(({document}) => document),
        );
        const deployment = {stackName, parameters: parametersFor(template, 'http://127.0.0.1:1/')};
        expect(await deploy(clients, cloud, service, deployment)).toBe('CREATE_COMPLETE');
        service.change();
        expect(await deploy(clients, cloud, service, deployment)).toBe('UPDATE_COMPLETE');
        // Nothing has changed since, so the change set is deleted again.
        expect(await deploy(clients, cloud, service, deployment)).toBe('UPDATE_COMPLETE');
        expect(await deleteStack(clients, stackName)).toBe('DELETE_COMPLETE');
        const usage = cloud.usage(role).roles[0]!;
        expect(usage.denied).toEqual([]);
        for (const {sid, action, status} of usage.granted) {
          granted.add(`${sid!.replace(/\d+$/, '')} ${action}`);
          if (status === 'used') used.add(`${sid!.replace(/\d+$/, '')} ${action}`);
        }
      } finally {
        service.remove();
      }
    },
  );

  test('are enough for one resource of every type, made, changed in all that can be changed, and deleted', async () => {
    const fixture = readFileSync(new URL('../../local/stack/fixtures/every-type.yaml', import.meta.url), 'utf8');
    const file = join(mkdtempSync(join(tmpdir(), 'gear-policy-')), 'template.yaml');
    // No policy that is printed takes a boundary away.
    writeFileSync(file, fixture.replace(/(PermissionsBoundary: )!If \[Changed, .*, (.*)\]$/m, '$1$2'));
    copyFileSync(
      new URL('../../local/stack/fixtures/nested.yaml', import.meta.url),
      join(dirname(file), 'nested.yaml'),
    );
    const service = {file, template: () => parseTemplate(readFileSync(file, 'utf8'), file)};
    const nested = await readNestedTemplates(service.template());
    const {endpoint, region, credentials} = cloud;
    const s3 = await awsClients({endpoint, region, credentials}).s3();
    await s3.createBucket({Bucket: 'artifacts', CreateBucketConfiguration: {LocationConstraint: 'eu-central-1'}});
    for (const Key of ['ingest.zip', 'changed.zip'])
      await s3.putObject({
        Bucket: 'artifacts',
        Key,
        Body: zipSync({'index.mjs': Buffer.from(`export const handler = 1; // ${Key}`)}),
      });
    // Both forms have to be deployable, and the role's next form is the policy's as well.
    const before = {Changed: 'no', CodeKey: 'ingest.zip'};
    const after = {Changed: 'yes', CodeKey: 'changed.zip'};
    const place = {account: cloud.account, region, stackName: 'every'};
    const documents = [before, after].flatMap(parameters =>
      deployerPolicies({
        template: service.template(),
        nested,
        service: 'orders',
        place,
        parameters,
        bucketExists: false,
      }).policies.map(({document}) => document),
    );
    const clients = await clientsWith(cloud, 'DeployerEvery', documents);
    expect(await deploy(clients, cloud, service, {stackName: 'every', parameters: before})).toBe('CREATE_COMPLETE');
    expect(await deploy(clients, cloud, service, {stackName: 'every', parameters: after})).toBe('UPDATE_COMPLETE');
    expect(await deleteStack(clients, 'every')).toBe('DELETE_COMPLETE');
    rmSync(dirname(file), {recursive: true});
    const usage = cloud.usage('DeployerEvery').roles[0]!;
    expect(usage.denied).toEqual([]);
    for (const {sid, action, status} of usage.granted)
      if (status === 'used') used.add(`${sid!.replace(/\d+$/, '')} ${action}`);
  });

  test('grant nothing that nobody has needed, but what has a reason', () => {
    const reads = [...resourceNeeds.values()].flatMap(({group, service, always, when = {}}) =>
      [always, ...Object.values(when)].flatMap(({read = []}) => read.map(name => `${group} ${service}:${name}`)),
    );
    const known = new Set([...reads, ...reads.map(read => `Artifacts${read}`), ...Object.keys(notUsedHere)]);
    expect([...granted].filter(grant => !used.has(grant) && !known.has(grant)).sort()).toEqual([]);
    expect(Object.keys(notUsedHere).filter(grant => used.has(grant) || !granted.has(grant))).toEqual([]);
  });
});

import {globSync, mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type LocalCloud, startLocalCloud} from '../../src/local/cloud.ts';
import type {Finding} from '../../src/model/finding.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {
  clientsOf,
  deploy,
  findingsOfAccount,
  findingsOfTemplate,
  told,
  translator,
  withoutPlaceholders,
} from './both-sides.ts';
import {repository} from './gear.ts';

const folder = join(import.meta.dirname, 'same-findings');
const files = globSync('*.yaml', {cwd: folder}).sort();
describe('templates that are bad on purpose', () => {
  let cloud: LocalCloud;
  let deployed: readonly Finding[];
  const translators = new Map<string, (text: string) => string>();
  const names = new Map<string, readonly string[]>();
  beforeAll(async () => {
    cloud = await startLocalCloud();
    const clients = clientsOf(cloud);
    // The first deployment makes the bucket for artefacts, for which the others would have to wait.
    const [first = '', ...others] = files;
    await deploy(cloud, stackOf(first), join(folder, first));
    await Promise.all(others.map(file => deploy(cloud, stackOf(file), join(folder, file))));
    const cloudFormation = await clients.cloudFormation();
    for (const file of files) {
      translators.set(file, await translator(cloudFormation, stackOf(file), cloud));
      const {StackResources = []} = await cloudFormation.describeStackResources({StackName: stackOf(file)});
      // A shorter one, such as that of a policy, may be in several stacks.
      const long = StackResources.flatMap(({PhysicalResourceId: id = ''}) => (id.length < 12 ? [] : [id]));
      names.set(file, [`${stackOf(file)}-`, ...long]);
    }
    deployed = await findingsOfAccount(cloud);
  });
  afterAll(() => cloud.close());
  const isOf = (finding: Finding, file: string) => {
    const text = JSON.stringify(finding);
    return names.get(file)!.some(name => startsAWord(name, text));
  };

  test.each(files)('%s has the same findings as what is deployed of it', async file => {
    const template = await findingsOfTemplate(join(folder, file));
    expect(template.length).toBeGreaterThan(0);
    const own = deployed.filter(finding => isOf(finding, file));
    expect(told(own, translators.get(file)!)).toEqual(told(template, withoutPlaceholders));
  });

  test('every finding of the account is one of a stack', () => {
    expect(deployed.filter(finding => !files.some(file => isOf(finding, file)))).toEqual([]);
  });
});

test('the ingestion service has no findings, neither as a template nor deployed', async () => {
  const service = join(repository, '.test', `same-findings-${process.pid}`);
  mkdirSync(join(repository, '.test'), {recursive: true});
  const cloud = await startLocalCloud();
  try {
    await writeService(service, await renderService({template: 'ingestion', language: 'typescript', name: 'orders'}));
    const path = join(service, 'template.yaml');
    await deploy(cloud, 'orders', path);
    expect(await findingsOfTemplate(path)).toEqual([]);
    expect(await findingsOfAccount(cloud)).toEqual([]);
  } finally {
    await cloud.close();
    rmSync(service, {recursive: true, force: true});
  }
});

/** Names that AWS makes up begin with that of the stack, by which a finding is known again. */
function stackOf(file: string): string {
  return `stack${files.indexOf(file)}`;
}

/** `stack1-` is not in `stack11-`, nor in `mystack1-`. */
function startsAWord(name: string, text: string): boolean {
  const at = text.indexOf(name);
  return at > 0 && (!/\w/.test(text[at - 1]!) || startsAWord(name, text.slice(at + 1)));
}

import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {readAuditSettings} from '../../src/project/audit-settings.ts';

let root: string;
let service: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gear-settings-'));
  service = join(root, 'services', 'orders');
  mkdirSync(service, {recursive: true});
});
afterEach(() => rmSync(root, {recursive: true, force: true}));

const rules = ['iam/wildcard-resource', 'vpc/single-subnet'];
const write = (folder: string, text: string) => writeFileSync(join(folder, 'gear.yaml'), text);
const read = () => readAuditSettings(service, rules);
const ignore = (members: string) => `audit:\n  ignore:\n    - ${members}\n`;

describe('the audit section of gear.yaml', () => {
  test('need not be there', async () => {
    expect(await read()).toEqual({ignores: [], severities: {}});
    write(service, 'service: orders\n');
    expect(await read()).toEqual({ignores: [], severities: {}});
  });

  test('ignores with a reason and a last day, and knows where it says so', async () => {
    write(
      service,
      ignore('{rule: iam/wildcard-resource, resource: Ingest*, reason: made at run time, expires: 2027-03-31}'),
    );
    expect((await read()).ignores).toEqual([
      {
        rule: 'iam/wildcard-resource',
        resource: 'Ingest*',
        reason: 'made at run time',
        expires: '2027-03-31',
        origin: {file: expect.stringMatching(/services\/orders\/gear\.yaml$/), line: 3, column: 7},
      },
    ]);
  });

  test.each([
    ['no reason', '{rule: iam/wildcard-resource, resource: Ingest}', 'it gives no reason'],
    ['no resource', '{rule: iam/wildcard-resource, reason: later}', 'it names no resource'],
    ['no rule', '{resource: Ingest, reason: later}', 'it names no rule'],
    [
      'a date that is none',
      '{rule: iam/wildcard-resource, resource: Ingest, reason: later, expires: 2027-02-30}',
      'expires is no date such as 2027-03-31: 2027-02-30',
    ],
    [
      'an empty date',
      '{rule: iam/wildcard-resource, resource: Ingest, reason: later, expires: }',
      'expires is no date such as 2027-03-31',
    ],
    ['a member too many', '{rule: iam/wildcard-resource, until: x}', 'gear does not know its member until'],
    ['only a word', 'iam/wildcard-resource', 'it is not a mapping of rule, resource and reason'],
  ])('says what is wrong with an ignore that has %s', async (_, entry, problem) => {
    write(service, ignore(entry));
    expect((await read()).ignores.map(each => each.problem)).toEqual([problem]);
  });

  test('is read up to the root of the repository, and the nearest decides a severity', async () => {
    mkdirSync(join(root, '.git'));
    write(root, 'audit:\n  severity: {vpc/single-subnet: info, iam/wildcard-resource: low}\n  ignore: []\n');
    write(service, 'audit:\n  severity: {vpc/single-subnet: high}\n');
    expect((await read()).severities).toEqual({'vpc/single-subnet': 'high', 'iam/wildcard-resource': 'low'});
  });

  test('above the repository is not read', async () => {
    mkdirSync(join(root, 'services', '.git'));
    write(root, 'audit:\n  severity: {vpc/single-subnet: info}\n');
    expect((await read()).severities).toEqual({});
  });

  test.each([
    ['a rule that does not exist', 'audit:\n  severity:\n    vpc/nope: low\n', /:3: there is no rule vpc\/nope$/],
    [
      'a severity that does not exist',
      'audit:\n  severity: {vpc/single-subnet: off}\n',
      /:2: the severity of vpc\/single-subnet must be one of critical, high, medium, low, info$/,
    ],
    ['a key that nobody knows', 'audit:\n  ignores: []\n', /:2: gear does not know the key ignores of audit/],
    ['ignores that are no list', 'audit:\n  ignore: {rule: x}\n', /:2: ignore must be a list$/],
    ['a section that is no mapping', 'audit: yes\n', /:1: audit must be a mapping$/],
    ['text that is no YAML', 'audit: [\n', /gear\.yaml:\d+: /],
  ])('refuses %s', async (_, text, message) => {
    write(service, text);
    await expect(read()).rejects.toThrow(message);
  });

  test.each([
    ['audit: {severity: {vpc/single-subnets: low}}', 'vpc/single-subnet'],
    ['audit: {ignores: []}', 'ignore'],
  ])('for %s proposes %s', async (text, meant) => {
    write(service, text);
    await expect(read()).rejects.toMatchObject({suggestions: [meant]});
  });
});

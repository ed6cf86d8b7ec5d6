import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterAll, expect, test} from 'vitest';
import {auditTemplates} from '../../src/audit/audit-templates.ts';
import {rules} from '../../src/audit/rules/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'gear-ignores-'));
afterAll(() => rmSync(folder, {recursive: true}));

const ignore = (rule: string) => `# gear-ignore ${rule} until 2027-03-31: the vendor asks for it`;

/** A service, with a comment in one place or another. */
const service = (places: Readonly<Record<string, string>>) => `service: orders
frameworkVersion: '4'
${places.aboveProvider ?? '# Where it runs.'}
provider:
  name: aws
  runtime: nodejs22.x
  iam:
    role:
      mode: perFunction
      statements:
      ${places.aboveStatement ?? '# Sends.'}
      - Effect: Allow
        Action:
          - sqs:SendMessage ${places.behindAction ?? ''}
          - sqs:ReceiveMessage
        Resource: '*'
      - {Effect: Allow, Action: s3:GetObject, Resource: '*'} ${places.behindFlow ?? ''}
${places.aboveFunctions ?? '# What it does.'}
functions:
  charge: ${places.behindCharge ?? ''}
    handler: charge.handler
    events:
      - schedule: rate(1 hour)
`;

const parts = (comment: string) => `${comment}
- Effect: Allow
  Action: s3:GetObject
  Resource: '*'
- Effect: Allow
  Action: s3:PutObject
  Resource: '*'
`;

async function findingsOf(text: string) {
  const file = join(folder, 'serverless.yml');
  writeFileSync(file, text);
  const {result, failures} = await auditTemplates([file], rules, {today: '2026-11-21', parameters: {}});
  expect(failures).toEqual([]);
  return result.findings;
}

const wildcard = 'iam/wildcard-resource';
const noDestination = 'resilience/no-failure-destination';

test.each<[string, string, readonly string[]]>([
  ['aboveStatement', wildcard, ['sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['behindAction', wildcard, ['sqs:SendMessage']],
  ['behindFlow', wildcard, ['s3:GetObject']],
  ['aboveProvider', wildcard, ['s3:GetObject', 'sqs:ReceiveMessage', 'sqs:SendMessage']],
  ['aboveFunctions', noDestination, []],
  ['behindCharge', noDestination, ['ChargeLambdaFunction']],
  ['behindCharge', wildcard, []],
])('a comment %s about %s is about what is written there and nothing else', async (place, rule, what) => {
  for (const lineEnd of ['\n', '\r\n']) {
    const findings = await findingsOf(service({[place]: ignore(rule)}).replaceAll('\n', lineEnd));
    const names = findings
      .filter(({suppressed}) => suppressed !== null)
      .map(({evidence, resource}) => evidence.action ?? resource);
    expect([...new Set(names)].sort()).toEqual(what);
  }
});

test('a comment in an included file is about what stands there', async () => {
  writeFileSync(join(folder, 'parts.yml'), parts(ignore(wildcard)));
  const [before, after] = service({}).split(/ {6}# Sends[\s\S]*?(?=\n# What it does)/);
  const findings = await findingsOf(`${before!.trimEnd()} \${file(./parts.yml)}${after}`);
  const found = findings.filter(({rule}) => rule === wildcard);
  expect(found.map(({evidence, suppressed}) => [evidence.action, suppressed !== null]).sort()).toEqual([
    ['s3:GetObject', true],
    ['s3:PutObject', false],
  ]);
});

test('a comment that has no effect is found where it stands', async () => {
  const findings = await findingsOf(
    service({aboveFunctions: ignore(noDestination), behindCharge: '# gear-ignore iam/wildcard-resource'}),
  );
  const lapsed = findings.filter(({rule}) => rule === 'hygiene/lapsed-ignore');
  expect(lapsed.map(({message, origin}) => [message, 'line' in origin && origin.line])).toMatchInlineSnapshot(`
    [
      [
        "the ignore of resilience/no-failure-destination has no effect: it stands at no function and no setting",
        18,
      ],
      [
        "the ignore of a rule has no effect: it is not of the form gear-ignore RULE [until DATE]: REASON",
        20,
      ],
    ]
  `);
});

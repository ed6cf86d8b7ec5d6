import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {strToU8, zipSync} from 'fflate';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {GearError} from '../../src/errors.ts';
import {readTemplateInventory} from '../../src/inventory/read-template-inventory.ts';
import {matchesEventPattern, parseEventPattern} from '../../src/local/event-pattern.ts';
import {EventPatternError} from '../../src/local/event-pattern-language.ts';
import {nextTime, parseSchedule} from '../../src/local/schedule-expression.ts';
import {ScheduleExpressionError} from '../../src/local/schedule-expression-error.ts';
import {ServiceError} from '../../src/local/service-error.ts';
import {unzip} from '../../src/local/services/lambda/unzip.ts';
import type {Road} from './road.ts';

/** Languages of AWS, and deployment packages: what the embedded AWS is given. */
export const otherRoads: readonly Road[] = [
  {
    name: 'deployment packages',
    seeds: [
      zipSync({'index.mjs': strToU8('export const handler = 1;'.repeat(9)), 'lib/a.json': strToU8('{}')}),
      zipSync({'index.py': [strToU8('x = 1'), {level: 0}]}),
    ].map(bytes => Buffer.from(bytes).toString('latin1')),
    async follow(text, folder) {
      const zip = Buffer.from(text, 'latin1');
      writeFileSync(join(folder, 'code.zip'), zip);
      const template = 'Resources: {Orders: {Type: AWS::Lambda::Function, Properties: {Code: code.zip}}}';
      await readTemplateInventory(parseTemplate(template, join(folder, 'template.yaml')));
      mkdirSync(join(folder, 'unzipped'));
      await refusedWith(ServiceError, () => unzip(zip, join(folder, 'unzipped')));
    },
  },
  {
    name: 'event patterns',
    seeds: [
      '{"source": ["orders", {"prefix": "a"}], "detail": {"total": [{"numeric": [">", 0, "<=", 5]}], "id": [{"exists": false}]}}',
      '{"$or": [{"a": [{"anything-but": ["x", {"suffix": "b"}]}]}, {"b": [{"wildcard": "a*b*c"}, null, 7, true]}]}',
      '{"ip": [{"cidr": "10.0.0.0/24"}], "name": [{"equals-ignore-case": "A"}, {"anything-but": {"prefix": "x"}}]}',
    ],
    json: JSON.parse,
    follow: text =>
      refusedWith(EventPatternError, () => {
        const pattern = parseEventPattern(text);
        for (const event of events) matchesEventPattern(pattern, event);
      }),
  },
  {
    name: 'schedule expressions',
    seeds: [
      'rate(5 minutes)',
      'cron(0/15 8-18 ? * MON-FRI 2026/2)',
      'cron(5 12 L * ? *)',
      'cron(0 0 ? * 6#3 *)',
      'at(2026-05-01T12:00:00)',
    ],
    follow: text =>
      refusedWith(ScheduleExpressionError, () => {
        const now = Date.UTC(2026, 10, 22);
        for (const zone of ['UTC', 'Europe/Berlin']) nextTime(parseSchedule(text, zone), now, now);
      }),
  },
];

const events = [
  {},
  null,
  [],
  {source: 'orders', detail: {total: 3, id: null}, ip: '10.0.0.9', name: ['a', {}]},
  JSON.parse('{"__proto__": 1, "a": "xb", "b": "abbc"}'),
];

/** Its own kind of error is how a language refuses a text. */
async function refusedWith(kind: abstract new (...args: never[]) => Error, read: () => unknown): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!(error instanceof kind)) throw error;
    throw new GearError(error.message, {code: 'REFUSED', cause: error});
  }
}

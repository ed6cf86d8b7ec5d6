import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {table} from '../../src/terminal/table.ts';
import {driveOf} from '../drives/index.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {Denied, type Stage} from '../drives/stage.ts';
import {missing} from '../templates/service-programs.ts';
import {isThorough, variants} from '../templates/variants.ts';
import {deployOnce} from './deployed-service.ts';
import {roleStatements} from './role-statements.ts';

const legacy = new LegacySystem();
let legacyUrl: string;
/** The roles of a service are nearly the same in both languages. */
const mutated = variants.filter(({language}) => isThorough(language));
const rows = new Map<string, string[][]>(mutated.map(({title}) => [title, []]));

beforeAll(async () => {
  legacyUrl = await legacy.start();
});
afterAll(async () => {
  await legacy.stop();
  console.log(
    `\n${table([['service', 'role', 'statement', 'actions', 'without it'], ...[...rows.values()].flat()])}\n`,
  );
});

/**
 * Each run starts from a copy of what was deployed, with cold functions and nothing left over from the run before: so
 * the first, from which nothing is taken, proves for all others that it is the statement they fail for.
 */
describe('without any one statement of its roles', () => {
  test.concurrent.each(mutated)('the service $title fails its run', async variant => {
    const reason = missing(variant.language);
    if (reason !== undefined) return console.log(`the service ${variant.title} is skipped: ${reason}`);
    const drive = driveOf(variant.template);
    const service = await deployOnce(variant, legacy, legacyUrl);
    try {
      const statements = await service.onCopy(async stage => {
        await drive(stage);
        await stage.requireAllowed();
        return roleStatements(stage.clients.iam);
      });
      expect(statements.length).toBeGreaterThan(1);
      const unnoticed: string[] = [];
      for (const statement of statements) {
        const {policyName, sid, actions} = statement;
        const failure = await service.onCopy(async stage => {
          await statement.remove(stage.clients.iam);
          return failureOf(() => drive(stage), stage);
        });
        rows.get(variant.title)!.push([variant.title, policyName, sid, actions.join(' '), failure ?? 'nothing fails']);
        if (failure === undefined) unnoticed.push(`${policyName} ${sid}`);
      }
      expect(unnoticed).toEqual([]);
    } finally {
      service.remove();
    }
  });
});

/** What showed first that the run fails. */
async function failureOf(run: () => Promise<void>, {requireAllowed}: Stage): Promise<string | undefined> {
  try {
    await run();
    // What is written to a log may come a moment after the last answer.
    const deadline = Date.now() + 3000;
    while (Date.now() < deadline) {
      await requireAllowed();
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    return undefined;
  } catch (error) {
    // Some answers are wrong because of a denial that was not looked for yet.
    const denied = error instanceof Denied ? error : await requireAllowed().catch(reason => reason);
    if (denied instanceof Denied) return `${denied.action} is denied`;
    return (error as Error).message.split('\n')[0]!;
  }
}

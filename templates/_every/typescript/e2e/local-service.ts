import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';

/** This service on an embedded AWS of its own, where every function is held to its role. */
export interface LocalService {
  /** One of the stack's outputs. */
  output(name: string): string;
  /** For the clients of AWS. */
  readonly aws: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: {readonly accessKeyId: string; readonly secretAccessKey: string};
  };
  /** Puts the clock of the embedded AWS forward: `+5s`, `+1h`. */
  forward(span: string): Promise<void>;
  /** Asks until the answer is the one that is waited for; ends at once when a role was denied something. */
  until<T>(ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T>;
  /** What roles of functions were denied so far, and what they grant that no run has needed. */
  permissions(): Promise<{readonly denied: readonly string[]; readonly unused: readonly string[]}>;
  remove(): Promise<void>;
}

/** Builds the service and deploys it as `gear deploy --local` does, but to a cloud in a temporary folder. */
export async function deployLocally(parameters: Readonly<Record<string, string>> = {}): Promise<LocalService> {
  const folder = await mkdtemp(join(tmpdir(), 'gear-service-name-'));
  const gearText = (...words: string[]) => run('gear', [...words, '--dir', folder, '--json']);
  const gear = async (...words: string[]) => JSON.parse((await gearText(...words)) || 'null') as unknown;
  const remove = async () => {
    await gear('local', 'stop');
    await rm(folder, {recursive: true, force: true});
  };
  try {
    const given = Object.entries(parameters).flatMap(([name, value]) => ['--parameter', `${name}=${value}`]);
    const events = await gearText(...deployment.split(' ').slice(1), ...given);
    // One line for each event, and the result as the last one.
    const {outputs} = JSON.parse(events.trim().split('\n').at(-1) ?? '') as Deployed;
    const variables = (await gear('local', 'env')) as Record<string, string>;
    const permissions = async () => {
      const {functions} = (await gear('local', 'usage')) as Usage;
      return {
        denied: functions.flatMap(({logicalId, denied}) => denied.map(({action}) => `${logicalId} ${action}`)),
        unused: functions.flatMap(({logicalId, granted}) =>
          granted.filter(({status}) => status === 'unused').map(({action}) => `${logicalId} ${action}`),
        ),
      };
    };
    return {
      output(name) {
        const value = outputs[name];
        if (value === undefined) throw new Error(`The stack has no output ${name}`);
        return value;
      },
      aws: {
        endpoint: variables.AWS_ENDPOINT_URL ?? '',
        region: variables.AWS_REGION ?? '',
        credentials: {
          accessKeyId: variables.AWS_ACCESS_KEY_ID ?? '',
          secretAccessKey: variables.AWS_SECRET_ACCESS_KEY ?? '',
        },
      },
      async forward(span) {
        await gear('local', 'time', span);
      },
      async until(ask, accept) {
        const deadline = Date.now() + patience;
        for (let asked = 1; ; asked++) {
          const answer = await ask();
          if (accept(answer)) return answer;
          const isOver = Date.now() > deadline;
          if (isOver || asked % 20 === 0) {
            const {denied} = await permissions();
            if (denied.length > 0) throw new Error(`Denied was ${denied.join(', ')}`);
          }
          if (isOver) throw new Error(`Not within ${patience / 1000} s: the last answer was ${JSON.stringify(answer)}`);
          await setTimeout(50);
        }
      },
      permissions,
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** As in the README. */
const deployment = 'gear deploy --local';

/** How long to wait for an answer, in milliseconds. */
const patience = 45_000;

interface Deployed {
  readonly outputs: Readonly<Record<string, string>>;
}

interface Usage {
  readonly functions: readonly {
    readonly logicalId: string;
    readonly granted: readonly {readonly action: string; readonly status: string}[];
    readonly denied: readonly {readonly action: string}[];
  }[];
}

/** What a program prints, which is JSON. */
function run(program: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, words, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${program} ${words.join(' ')}: ${error.code}\n${stdout}${stderr}`));
    });
  });
}

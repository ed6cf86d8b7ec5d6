import type {RecordedDecision} from '../../src/local/access/recorded-decision.ts';
import type {LocalConnection} from '../../src/local/connection-file.ts';
import {askCloud, moveTime} from '../../src/local/control-client.ts';
import {parseTimeSpan} from '../../src/local/time-span.ts';
import {type Clients, openClients} from '../e2e/service.ts';
import type {LegacySystem} from './legacy-system.ts';

/** Real requests to a service that is deployed, and what must have become of them when it returns. */
export type Drive = (stage: Stage) => Promise<void>;

/** A deployed service on an embedded AWS, as a drive finds it. */
export interface Stage {
  readonly outputs: Readonly<Record<string, string>>;
  readonly clients: Clients;
  readonly legacy: LegacySystem;
  /** Puts the clock forward, by a span such as `+61s`. */
  forward(span: string): Promise<void>;
  /** Asks until the answer is there. Ends at once when a role was denied something: then it will not come. */
  until<T>(ask: () => Promise<T>, accept: (answer: T) => boolean): Promise<T>;
  /** Throws Denied when a role was. */
  requireAllowed(): Promise<void>;
}

export interface StageOptions {
  readonly connection: LocalConnection;
  readonly outputs: Readonly<Record<string, string>>;
  readonly legacy: LegacySystem;
  /** How long an answer may take to come. */
  readonly seconds?: number;
}

export function openStage({connection, outputs, legacy, seconds = 40}: StageOptions): Stage {
  const {accessKeyId, secretAccessKey} = connection;
  let read = 0;
  const requireAllowed = async () => {
    for (;;) {
      const decisions = (await askCloud(connection, 'GET', `decisions?after=${read}`)) as LoggedDecision[];
      if (decisions.length === 0) return;
      read = decisions.at(-1)!.sequence;
      const denied = decisions.find(({entry}) => entry.roleArn !== undefined && !entry.allowed);
      if (denied !== undefined) throw new Denied(denied.entry);
    }
  };
  return {
    outputs,
    clients: openClients({...connection, credentials: {accessKeyId, secretAccessKey}}),
    legacy,
    requireAllowed,
    async forward(span) {
      await moveTime(connection, parseTimeSpan(span));
    },
    async until(ask, accept) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        const answer = await ask();
        await requireAllowed();
        if (accept(answer)) return answer;
        if (Date.now() > deadline)
          throw new Error(`not within ${seconds} s; the last answer was ${JSON.stringify(answer, null, 1)}`);
        await new Promise(resolve => setTimeout(resolve, 50));
      }
    },
  };
}

interface LoggedDecision {
  readonly sequence: number;
  readonly entry: RecordedDecision;
}

/** A call with which a role went beyond what it is granted. */
export class Denied extends Error {
  override readonly name = 'Denied';
  readonly action: string;

  constructor({action, resource, message}: RecordedDecision) {
    super(message ?? `${action} on ${resource} was denied`);
    this.action = action;
  }
}

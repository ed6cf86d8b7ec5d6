import {mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {AwsClients} from '../../aws/clients.ts';
import {answerOf, type RecordedCall, recordedCall} from '../../aws/recorded-call.ts';
import {type Call, watchCalls} from '../../aws/watch-calls.ts';

/** What functions have answered one by one, kept from one audit to the next. */
export interface AnswerCache {
  /** The same clients; what is known of a function that has not changed is not asked again. */
  wrap(clients: AwsClients): AwsClients;
  /** How many answers were known. */
  used(): number;
  /** Whether the next audit will know any. */
  kept(): boolean;
  save(): void;
}

/**
 * A new revision of a function has new answers. Its policy and its destinations have revisions of their own that
 * ListFunctions does not tell, so that an answer is believed for an hour and no longer.
 */
export function openAnswerCache(file: string, now: () => number): AnswerCache {
  const kept = readKept(file, now());
  const revisions = new Map<string, string>();
  let used = 0;
  let added = 0;
  const save = () => {
    if (added === 0) return;
    added = 0;
    writeKept(file, {version, answers: [...kept.values()]}, now());
  };
  return {
    used: () => used,
    kept: () => kept.size > 0,
    save,
    wrap: clients =>
      watchCalls(clients, async (call, send) => {
        const name = functionOf(call);
        if (name === undefined) {
          const output = await send();
          if (call.operation === 'ListFunctions') note(output, revisions);
          return output;
        }
        const revision = revisions.get(name);
        if (revision === undefined) return send();
        const key = keyOf(call);
        const known = kept.get(key);
        if (known?.revision === revision) {
          used += 1;
          return answerOf(known.call);
        }
        const keep = (answer: {output: object} | {error: unknown}) => {
          kept.set(key, {revision, at: now(), call: recordedCall(call, answer)});
          added += 1;
          // A process that is killed has no last word.
          if (added === savedAt) save();
        };
        try {
          const output = await send();
          keep({output});
          return output;
        } catch (error) {
          // That there is none is an answer; anything else may be different in a moment.
          if ((error as Error).name === 'ResourceNotFoundException') keep({error});
          throw error;
        }
      }),
  };
}

const version = 1;
const hour = 3_600_000;
const savedAt = 1000;

interface Kept {
  /** Of the function. */
  readonly revision: string;
  readonly at: number;
  readonly call: RecordedCall;
}

/** The function that a call is about, by its name. Links to code, which run out, are not among these answers. */
function functionOf({service, operation, input}: Call): string | undefined {
  if (service !== 'Lambda') return undefined;
  return cached.has(operation) ? (input as {FunctionName?: string}).FunctionName : undefined;
}

const cached = new Set(['GetPolicy', 'GetFunctionEventInvokeConfig']);

function note(
  output: {Functions?: readonly {FunctionName?: string; RevisionId?: string}[]},
  into: Map<string, string>,
) {
  for (const {FunctionName, RevisionId} of output.Functions ?? [])
    if (FunctionName !== undefined && RevisionId !== undefined) into.set(FunctionName, RevisionId);
}

function keyOf({operation, input}: Call): string {
  return `${operation} ${JSON.stringify(input)}`;
}

/** A cache that cannot be read is none: everything is asked again. */
function readKept(file: string, now: number): Map<string, Kept> {
  try {
    const {version: written, answers} = JSON.parse(readFileSync(file, 'utf8'));
    if (written !== version) return new Map();
    const fresh = (answers as readonly Kept[]).filter(({at}) => at <= now && now - at < hour);
    return new Map(fresh.map(each => [keyOf(each.call), each]));
  } catch {
    return new Map();
  }
}

/** Two audits at once leave the answers of the last. Without a place to write to, the next audit asks again. */
function writeKept(file: string, content: object, now: number): void {
  try {
    const folder = dirname(file);
    mkdirSync(folder, {recursive: true, mode: 0o700});
    const written = `${file}.${process.pid}`;
    writeFileSync(written, JSON.stringify(content), {mode: 0o600});
    renameSync(written, file);
    for (const name of readdirSync(folder)) {
      const other = join(folder, name);
      if (now - statSync(other).mtimeMs > hour) rmSync(other);
    }
  } catch {
    // Whoever reads next finds the old answers, or none.
  }
}

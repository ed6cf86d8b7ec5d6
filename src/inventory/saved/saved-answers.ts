import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {basename, join} from 'node:path';
import {isDeepStrictEqual} from 'node:util';
import {answerOf, type RecordedCall, recordedCall} from '../../aws/recorded-call.ts';
import type {Call} from '../../aws/watch-calls.ts';
import {GearError, shownPath} from '../../errors.ts';
import {isObject} from '../../model/is-object.ts';
import {decodeText} from '../decode-text.ts';
import {awsCliDump, awsCliDumps} from './aws-cli-dump.ts';
import {fileOf} from './layout.ts';
import {fromJson} from './manifest.ts';
import {notSaved} from './not-saved.ts';

/** The answers in a folder: of the calls that were recorded, and of all that an aws CLI dump stands for. */
export function savedAnswers(folder: string): (call: Call) => object {
  const files = new Map<string, Saved>();
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.json')) : [];
  for (const name of names) files.set(asFile(name), readAnswers(join(folder, name)));
  return call => {
    const saved = files.get(fileOf(call.operation));
    if (saved === undefined) throw notSaved(`${shownPath(folder)} has no ${fileOf(call.operation)}`);
    if ('dump' in saved) return saved.dump;
    const {input} = recordedCall(call, {output: {}});
    const found = saved.recorded.find(each => each.service === call.service && isDeepStrictEqual(each.input, input));
    if (found === undefined)
      throw notSaved(`${shownPath(join(folder, fileOf(call.operation)))} has no answer to ${JSON.stringify(input)}`);
    return answerOf(found);
  };
}

type Saved = {readonly dump: object} | {readonly recorded: readonly RecordedCall[]};

/** Under the name that cloudsplaining and others give it, too. */
function asFile(name: string): string {
  return name === 'account-authorization-details.json' ? `get-${name}` : name;
}

function readAnswers(file: string): Saved {
  const answers = fromJson(decodeText(readFileSync(file)), file);
  if (Array.isArray(answers)) {
    if (!answers.every(isRecordedCall))
      throw new GearError(`${shownPath(file)} has something in it that is no recorded call`, {
        code: 'SAVED_UNREADABLE',
      });
    return {recorded: answers};
  }
  const member = awsCliDumps[asFile(basename(file))];
  if (member === undefined)
    throw new GearError(`${shownPath(file)} is nothing that an audit reads`, {
      code: 'SAVED_UNREADABLE',
      suggestions: [`output of the aws CLI in ${Object.keys(awsCliDumps).join(', ')}`],
    });
  if (typeof answers !== 'object' || answers === null || !Array.isArray((answers as Record<string, unknown>)[member]))
    throw new GearError(`${shownPath(file)} has no ${member}, as the aws CLI prints them`, {code: 'SAVED_UNREADABLE'});
  return {dump: awsCliDump(answers, file)};
}

function isRecordedCall(value: unknown): value is RecordedCall {
  const {service, operation, output, error} = (value ?? {}) as Record<string, unknown>;
  const {name, message} = (error ?? {}) as Record<string, unknown>;
  const answered = error === undefined ? isObject(output) : typeof name === 'string' && typeof message === 'string';
  return typeof service === 'string' && typeof operation === 'string' && answered;
}

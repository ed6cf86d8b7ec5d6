import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, relative, resolve} from 'node:path';
import {Flags} from '@oclif/core';
import {Chalk} from 'chalk';
import {describeFileError, GearError} from '../errors.ts';
import type {AuditReport} from '../report/findings/report.ts';
import {printable} from '../terminal/printable.ts';

/** In the order of the help; `report/findings/formats.ts` has what each of them is. */
const formatNames = ['text', 'json', 'sarif', 'junit', 'github', 'markdown', 'html'] as const;

export type FormatName = (typeof formatNames)[number];

export const outputFlags = {
  format: Flags.option({
    description: 'How to print the result',
    options: formatNames,
    default: 'text',
  })(),
  output: Flags.string({
    description: 'Write the result to a file as well; may be repeated',
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'FORMAT:FILE',
  }),
};

interface Output {
  readonly format: FormatName;
  readonly file: string;
}

/** Read before the audit begins: a report that cannot be written is known at once. */
export function readOutputs(written: readonly string[] = []): readonly Output[] {
  const outputs = written.map(text => {
    const colon = text.indexOf(':');
    const format = formatNames.find(name => name === text.slice(0, colon));
    const file = text.slice(colon + 1);
    if (format === undefined || file === '')
      throw new GearError(`--output ${text} is not of the form FORMAT:FILE, with one of ${formatNames.join(', ')}`, {
        code: 'USAGE',
        suggestions: ['--output sarif:gear.sarif'],
      });
    return {format, file};
  });
  const twice = outputs.find(({file}, index) => outputs.findIndex(other => sameFile(other.file, file)) !== index);
  if (twice !== undefined) throw new GearError(`--output names ${twice.file} twice`, {code: 'USAGE'});
  return outputs;
}

function sameFile(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

export async function writeOutputs(outputs: readonly Output[], report: AuditReport): Promise<void> {
  if (outputs.length === 0) return;
  const {findingsFormats} = await import('../report/findings/formats.ts');
  for (const {format, file} of outputs) {
    const text = findingsFormats[format](report, {paint: new Chalk({level: 0}), source: sourceReader(), alone: true});
    try {
      mkdirSync(dirname(resolve(file)), {recursive: true});
      writeFileSync(file, printable(`${text}\n`));
    } catch (error) {
      throw describeFileError(error);
    }
  }
}

/** As standard output has it, in one piece or several. */
export async function printReport(format: FormatName, report: AuditReport): Promise<Iterable<string>> {
  if (format === 'json') return (await import('../report/findings/json.ts')).findingsJson(report);
  const {findingsFormats} = await import('../report/findings/formats.ts');
  const {paintFor} = await import('../terminal/paint.ts');
  const columns = process.stdout.isTTY ? process.stdout.columns : undefined;
  return [findingsFormats[format](report, {paint: paintFor('stdout'), columns, source: sourceReader()})];
}

/** From the root of the repository, where there is one; what lies outside by its whole path. */
export function pathFrom(root: string): (file: string) => string {
  return file => {
    const path = relative(root, resolve(file));
    return path.startsWith('..') ? resolve(file) : path;
  };
}

/** Each file is read once, and only if something was found in it. */
function sourceReader(): (file: string) => readonly string[] {
  const files = new Map<string, readonly string[]>();
  return file => {
    const lines = files.get(file) ?? readFileSync(file, 'utf8').split(/\r?\n/);
    files.set(file, lines);
    return lines;
  };
}

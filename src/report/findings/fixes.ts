import type {FixedFile} from '../../audit/fix/fix-file.ts';
import type {NotFixed} from '../../audit/fix/fix-template.ts';
import type {Origin} from '../../model/origin.ts';
import {diff} from '../diff.ts';
import {wrap} from '../wrap.ts';
import type {FindingsTextOptions} from './text.ts';

/** Each fix with what it changes, then what was not fixed and why; empty where nothing was found. */
export function fixesText(
  files: readonly FixedFile[],
  {paint, columns, dryRun}: Pick<FindingsTextOptions, 'paint' | 'columns'> & {readonly dryRun: boolean},
): string {
  const fixed = files.flatMap(({file, fixed: fixes}) =>
    fixes.map(({finding, fix, before, after}) =>
      [
        `${paint.green(dryRun ? 'WOULD FIX' : 'FIXED')} ${paint.bold(finding.rule)}: ${fix.what}`,
        ...(fix.assumes === undefined ? [] : [wrap('  Assumes: ', fix.assumes, columns)]),
        ...indented(diff({path: file, before, after})),
      ].join('\n'),
    ),
  );
  const left = files.flatMap(({notFixed}) => notFixed);
  const notFixed = [...byReason(left).values()].map(entries => notFixedLines(entries, columns));
  return [...fixed, ...(left.length === 0 ? [] : [[paint.yellow('NOT FIXED'), ...notFixed].join('\n')])].join('\n\n');
}

/** The contract for machines. */
export function fixesDocument(files: readonly FixedFile[]) {
  return {
    fixed: files.flatMap(({file, fixed}) =>
      fixed.map(({finding, fix, before, after}) => ({
        rule: finding.rule,
        resource: finding.resource,
        file,
        what: fix.what,
        assumes: fix.assumes ?? null,
        diff: diff({path: file, before, after}),
      })),
    ),
    notFixed: files.flatMap(({file, notFixed}) =>
      notFixed.map(({finding, reason, unsafe}) => ({
        rule: finding.rule,
        resource: finding.resource,
        file,
        fingerprint: finding.fingerprint,
        reason,
        unsafe: unsafe === undefined ? null : {what: unsafe.what, assumes: unsafe.assumes},
      })),
    ),
  };
}

function indented(text: string): readonly string[] {
  return text
    .trimEnd()
    .split('\n')
    .map(line => `  ${line}`.trimEnd());
}

/** Several actions of a statement have one answer. */
function byReason(entries: readonly NotFixed[]): Map<string, readonly NotFixed[]> {
  const groups = new Map<string, readonly NotFixed[]>();
  for (const entry of entries) {
    const {finding, reason, unsafe} = entry;
    const key = `${finding.rule} ${finding.resource} ${reason} ${unsafe?.what ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

function notFixedLines([first, ...others]: readonly NotFixed[], columns: number | undefined): string {
  const {finding, reason, unsafe} = first!;
  const more = others.length === 0 ? '' : ` (${others.length + 1} findings)`;
  const place = placeText(finding.origin);
  return [
    wrap('  ', `${finding.resource}: ${finding.rule}${more}: ${reason}`, columns),
    `    ${place}`,
    ...(unsafe === undefined
      ? []
      : [wrap('    Would do: ', unsafe.what, columns), wrap('    Assumes:  ', unsafe.assumes!, columns)]),
  ].join('\n');
}

function placeText(origin: Origin): string {
  if ('arn' in origin) return origin.arn;
  return 'line' in origin ? `${origin.file}:${origin.line}` : `${origin.file}: ${origin.address}`;
}

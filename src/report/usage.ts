import type {
  DeniedCall,
  FunctionUsage,
  Grant,
  RoleUsage,
  UsageCounts,
  UsageReport,
  Use,
} from '../local/access/usage.ts';
import {counted, times} from '../model/counted.ts';

/** How parts of the text are coloured; the identity for plain text. */
export interface UsagePaint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
}

/** Granted, used and unused permissions of each function, for people. */
export function usageText(report: UsageReport, paint: UsagePaint): string {
  if (report.functions.length === 0) return 'No functions are deployed: gear deploy --local deploys some.\n';
  const parts = report.functions.map(usage => functionText(usage, paint));
  parts.push(...report.roles.map(usage => roleText(usage, paint)));
  if (parts.length > 1)
    parts.push(
      `${paint.bold(report.roles.length > 0 ? 'all roles' : 'all functions')}  ${countsText(report.summary, paint)}\n`,
    );
  return parts.join('\n');
}

function functionText(usage: FunctionUsage, paint: UsagePaint): string {
  const {functionName, logicalId, stackName, roleArn, invocations, sharedWith} = usage;
  const name = logicalId === undefined ? functionName : `${logicalId} (${functionName})`;
  const lines = [
    `${paint.bold(name)}${stackName === undefined ? '' : ` of ${stackName}`}, ${counted(invocations, 'invocation')}`,
    `  ${countsText(usage.counts, paint)}`,
    paint.dim(`  role ${roleArn.slice(roleArn.lastIndexOf('/') + 1)}`),
  ];
  if (sharedWith.length > 0) lines.push(paint.yellow(`  role shared with ${sharedWith.join(', ')}`));
  return `${[...lines, ...permissionLines(usage, paint)].join('\n')}\n`;
}

function roleText(usage: RoleUsage, paint: UsagePaint): string {
  const {logicalId, stackName, roleArn, counts} = usage;
  const name = `${paint.bold(`${logicalId} (${roleArn.slice(roleArn.lastIndexOf('/') + 1)})`)} of ${stackName}`;
  const lines = [`${name}, a role that AWS takes`, `  ${countsText(counts, paint)}`];
  return `${[...lines, ...permissionLines(usage, paint)].join('\n')}\n`;
}

function permissionLines({granted, denied}: Pick<FunctionUsage, 'granted' | 'denied'>, paint: UsagePaint): string[] {
  const lines: string[] = [];
  if (granted.length === 0) lines.push(paint.dim('  the role grants nothing'));
  const width = Math.max(...granted.map(({action}) => action.length), 0);
  for (const grant of granted) lines.push(...grantLines(grant, width, paint));
  for (const call of denied) lines.push(deniedLine(call, paint));
  return lines;
}

function deniedLine({action, resource, count, message, allowedSince}: DeniedCall, paint: UsagePaint): string {
  if (allowedSince) return paint.dim(`  denied before  ${action} on ${resource}, ${times(count)}; allowed since`);
  return paint.red(`  denied         ${action} on ${resource}, ${times(count)}: ${message}`);
}

function countsText({granted, used, unused, notExercised, denied}: UsageCounts, paint: UsagePaint): string {
  return [
    `granted ${granted}`,
    `used ${used}`,
    unused > 0 ? paint.yellow(`unused ${unused}`) : 'unused 0',
    ...(notExercised > 0 ? [paint.yellow(`not exercised ${notExercised}`)] : []),
    denied > 0 ? paint.red(`denied ${denied}`) : 'denied 0',
  ].join(' · ');
}

function grantLines(grant: Grant, width: number, paint: UsagePaint): string[] {
  const {status, action, resource, policy, sid, index, reason} = grant;
  const colour = status === 'used' ? paint.green : paint.yellow;
  const where = paint.dim(`${policy}/${sid ?? `statement ${index + 1}`}`);
  const line = `  ${colour(status.padEnd(13))}  ${action.padEnd(width)}  ${resource}  ${where}`;
  if (reason !== undefined) return [line, paint.dim(`                 because ${reason}`)];
  if (status === 'unused') return [line];
  const wild = action.includes('*') || action.includes('?') || action.startsWith('NotAction');
  return [line, ...(wild ? concreteLines(grant, paint) : [evidenceLine(grant, grant.uses, paint)])];
}

/** A wildcard in the action is taken apart: what it was really used for is what should be granted. */
function concreteLines(grant: Grant, paint: UsagePaint): string[] {
  const actions = [...new Set(grant.uses.map(({action}) => action))];
  return actions.map(action =>
    evidenceLine(
      grant,
      grant.uses.filter(use => use.action === action),
      paint,
      `${action} `,
    ),
  );
}

function evidenceLine(grant: Grant, uses: readonly Use[], paint: UsagePaint, what = ''): string {
  const count = total(uses.map(use => use.count));
  const onBehalf = total(uses.map(use => use.onBehalf));
  const made = onBehalf === 0 ? '' : `, ${onBehalf === count ? '' : `${onBehalf} `}by AWS for the function`;
  return paint.dim(`                 ${what}${times(count)}${observed(grant, uses)}${made}`);
}

/** What a pattern covered; a resource that the grant names already is not said twice. */
function observed({resource}: Grant, uses: readonly Use[]): string {
  if (uses.length > 1) return ` on ${uses.length} resources`;
  return uses[0]!.resource === resource ? '' : ` on ${uses[0]!.resource}`;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}

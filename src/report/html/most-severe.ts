import type {AccessMap} from '../../audit/access-map.ts';
import {type Finding, isOpen, severities} from '../../model/finding.ts';
import {sourceOf} from '../../model/origin.ts';
import type {AuditReport} from '../findings/report.ts';

/** As much as a browser opens at once, and a person looks through; some 3 MB. */
const limits = {findings: 5000, functions: 400, notChecked: 1000};

/** What is shown of a report, and how much of it is not. */
export interface Shown {
  readonly report: AuditReport;
  /** How many of each severity and rule, `low hygiene/x86-architecture`, the most severe first. */
  readonly leftFindings: ReadonlyMap<string, number>;
  readonly leftFunctions: number;
  readonly leftNotChecked: number;
}

/** The most severe of a large account; all of what is small enough. */
export function mostSevere(report: AuditReport): Shown {
  const {result} = report;
  const ranked = [...result.findings].sort((a, b) => rank(a) - rank(b));
  const findings = new Set(ranked.slice(0, limits.findings));
  const left = ranked.slice(limits.findings);
  const maps = result.maps ?? [];
  const {notChecked, notJudged} = result;
  const drawn = drawnFunctions(maps, report, limits.functions);
  return {
    report: {
      ...report,
      result: {
        ...result,
        findings: result.findings.filter(finding => findings.has(finding)),
        notChecked: notChecked.slice(0, limits.notChecked),
        ...(notJudged === undefined ? {} : {notJudged: notJudged.slice(0, limits.notChecked)}),
        maps: maps.map(map => narrowed(map, drawn)),
      },
    },
    leftFindings: new Map(
      [...Map.groupBy(left, ({severity, rule}) => `${severity} ${rule}`)].map(([name, {length}]) => [name, length]),
    ),
    leftFunctions: maps.reduce((sum, {functions}) => sum + functions.length, 0) - drawn.size,
    leftNotChecked: [notChecked, notJudged ?? []].reduce(
      (sum, {length}) => sum + Math.max(length - limits.notChecked, 0),
      0,
    ),
  };
}

/** What is settled comes last, however severe it was. */
function rank(finding: Finding): number {
  return severities.indexOf(finding.severity) + (isOpen(finding) ? 0 : severities.length);
}

type MappedFunction = AccessMap['functions'][number];

function drawnFunctions(maps: readonly AccessMap[], {result}: AuditReport, most: number): ReadonlySet<MappedFunction> {
  const bySource = Map.groupBy(result.findings.filter(isOpen), ({origin}) => sourceOf(origin, result.sources));
  const ranked = maps.flatMap(({source, functions}) => {
    const worst = new Map<string, number>();
    for (const finding of bySource.get(source) ?? [])
      for (const name of [finding.function, finding.resource])
        if (name !== null) worst.set(name, Math.min(worst.get(name) ?? severities.length, rank(finding)));
    const of = (name: string) => worst.get(name) ?? severities.length;
    return functions.map(fn => ({fn, rank: Math.min(of(fn.name), of(fn.role))}));
  });
  return new Set(
    ranked
      .sort((a, b) => a.rank - b.rank)
      .slice(0, most)
      .map(({fn}) => fn),
  );
}

/** The roles of functions go with them. Those of no function stay where all of the functions do. */
function narrowed(map: AccessMap, drawn: ReadonlySet<MappedFunction>): AccessMap {
  const functions = map.functions.filter(fn => drawn.has(fn));
  if (functions.length === map.functions.length) return map;
  const names = new Set(functions.map(({role}) => role));
  return {...map, functions, roles: map.roles.filter(({name}) => names.has(name))};
}

import type {Severity} from '../../../model/finding.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {coldStartRisk} from '../../cold-start-risk.ts';
import {defineRule} from '../../define-rule.ts';
import {measuredRisk} from '../../measured-risk.ts';

export default defineRule({
  id: 'coldstart/cold-start-risk',
  subject: 'function',
  severity: 'medium',
  title: 'A function is likely to start slowly while somebody waits',
  why: 'Who calls an API waits for the start of a new environment: runtime, code that is loaded, and the first call. Since August 2025 it is also billed.',
  remedy:
    'Settle the reasons that the finding names: bundle the code, start clients outside the handler, use SnapStart where the runtime has it, give it 512 MB or more.',
  since: '0.1.0',
  examples: {
    bad: 'Runtime: java21\nMemorySize: 128',
    good: 'Runtime: java21\nMemorySize: 1024\nSnapStart: {ApplyOn: PublishedVersions}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  *check(fn) {
    const {starts} = fn;
    if (isUnresolved(starts)) yield {unknown: starts.reason};
    const measured = starts === undefined || isUnresolved(starts) ? undefined : measuredRisk(fn, starts);
    if (measured !== undefined && 'band' in measured) {
      if (measured.band !== 'low') yield {...measured, severity: severityOf(measured.band)};
      return;
    }
    const risk = coldStartRisk(fn);
    if ('unknown' in risk) {
      yield {unknown: risk.unknown};
      return;
    }
    if (risk.band === 'low') return;
    const reasons = [...risk.reasons, ...(measured === undefined ? [] : [`not measured, as ${measured.notMeasured}`])];
    yield {
      message: `the risk of ${fn.name} is ${risk.band}: ${reasons.join('; ')}`,
      severity: severityOf(risk.band),
      evidence: {band: risk.band, reasons},
    };
  },
});

function severityOf(band: 'medium' | 'high'): Severity {
  return band === 'high' ? 'medium' : 'low';
}

import {coldStartRisk} from '../../cold-start-risk.ts';
import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'coldstart/cold-start-risk',
  subject: 'function',
  severity: 'medium',
  title: 'A function is likely to start slowly while somebody waits',
  why: 'Who calls an API waits for the start of a new environment: runtime, code that is loaded, and the first call. Since August 2025 it is also billed.',
  remedy:
    'Bundle the code, start clients outside the handler, use SnapStart where the runtime has it, and give it more than 128 MB.',
  since: '0.1.0',
  examples: {
    bad: 'Runtime: java21\nMemorySize: 128',
    good: 'Runtime: java21\nMemorySize: 1024\nSnapStart: {ApplyOn: PublishedVersions}',
  },
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html',
  *check(fn) {
    const risk = coldStartRisk(fn);
    if ('unknown' in risk) {
      yield {unknown: risk.unknown};
      return;
    }
    if (risk.band === 'low') return;
    yield {
      message: `the risk of ${fn.name} is ${risk.band}: ${risk.reasons.join('; ')}`,
      severity: risk.band === 'high' ? 'medium' : 'low',
      evidence: {band: risk.band, reasons: risk.reasons},
    };
  },
});

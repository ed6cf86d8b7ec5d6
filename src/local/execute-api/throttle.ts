import type {Clock} from '../clock.ts';
import type {RouteSettings, StageRecord} from '../services/apigatewayv2/records.ts';

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Whether one more request fits the limits of its route: a token bucket each, for those that a stage limits. */
export function openThrottle(clock: Clock): (apiId: string, stage: StageRecord, routeKey: string) => boolean {
  const buckets = new Map<string, Bucket>();
  return (apiId, stage, routeKey) => {
    const {throttlingRateLimit: rate, throttlingBurstLimit: burst} = settingsOf(stage, routeKey);
    if (rate === undefined && burst === undefined) return true;
    const size = burst ?? Math.max(1, rate!);
    const now = clock.now();
    const key = `${apiId}/${stage.stageName}/${routeKey}`;
    const bucket = buckets.get(key) ?? {tokens: size, filledAt: now};
    const refill = ((now - bucket.filledAt) / 1000) * (rate ?? accountRate);
    const tokens = Math.min(size, bucket.tokens + refill);
    const fits = tokens >= 1;
    buckets.set(key, {tokens: fits ? tokens - 1 : tokens, filledAt: now});
    return fits;
  };
}

/** Of an account, where a stage does not say. */
const accountRate = 10_000;

/** A route's own settings win over those of the stage. */
export function settingsOf({defaultRouteSettings, routeSettings}: StageRecord, routeKey: string): RouteSettings {
  return {...defaultRouteSettings, ...routeSettings[routeKey]};
}

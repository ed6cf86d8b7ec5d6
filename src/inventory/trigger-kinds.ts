import type {TriggerKind} from '../model/lambda-function.ts';

/**
 * Who invokes a function, by the service principal that its resource policy names. IoT is not here: it invokes custom
 * authorizers and waits, and rules and does not.
 */
export const kindsOfPrincipals: Readonly<Record<string, TriggerKind>> = {
  'apigateway.amazonaws.com': 'api',
  'cognito-idp.amazonaws.com': 'user-pool',
  'elasticloadbalancing.amazonaws.com': 'load-balancer',
  'events.amazonaws.com': 'event-rule',
  'logs.amazonaws.com': 'log-subscription',
  's3.amazonaws.com': 'bucket',
  'scheduler.amazonaws.com': 'schedule',
  'ses.amazonaws.com': 'email-receipt',
  'sns.amazonaws.com': 'topic',
};

export function isAsynchronous(kind: TriggerKind): boolean {
  return asynchronousKinds.has(kind);
}

/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-services.html */
const asynchronousKinds: ReadonlySet<TriggerKind> = new Set([
  'bucket',
  'email-receipt',
  'event-rule',
  'iot-rule',
  'log-subscription',
  'schedule',
  'topic',
]);

import {relative} from 'node:path';
import type {ServiceRoad} from '../deploy/all/prepare-services.ts';
import type {Review} from '../deploy/review/review.ts';
import {confirm, hasTerminal} from './approval.ts';
import type {ServiceConnections} from './service-connections.ts';
import type {ServicesDisplay} from './show-services.ts';

export interface RoadFlags {
  readonly local?: boolean | undefined;
  readonly yes: boolean;
  readonly audit?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly 'role-arn'?: string | undefined;
}

/** Each of several services on the road that it takes when it is deployed alone, with its events on the display. */
export async function serviceRoad(
  connections: ServiceConnections,
  {local = false, yes, audit = !local, baseline, 'role-arn': roleArn}: RoadFlags,
  display: ServicesDisplay,
  signal: AbortSignal,
): Promise<ServiceRoad<Review>> {
  const {artifactBucket, deployService} = await import('../deploy/deploy-service.ts');
  const {undoHotswapsFirst} = await import('./hotswap.ts');
  const {readStack} = await import('../deploy/read-stack.ts');
  const {gearModules} = await import('../bundle/gear-modules.ts');
  const asks = !local && !yes && hasTerminal();
  const pollMilliseconds = local ? 50 : 2000;
  // Two services that find none would both create it.
  const buckets = new Map<object, Promise<unknown>>();
  return {
    async outputs(project) {
      const {clients} = await connections.of(project);
      return (await readStack(clients, project.stack))?.outputs;
    },
    async deploy(project, parameters, approve) {
      const {service, stack, template, folder} = project;
      const {clients, identity} = await connections.of(project);
      const note = (text: string) => display.note(service, text);
      const file = relative(process.cwd(), template);
      if (audit) {
        const {auditGate} = await import('./audit-gate.ts');
        await auditGate({template: file, parameters, baseline, note});
      }
      const onEvent: Parameters<typeof deployService>[2]['onEvent'] = event => display.show(service, event);
      const bucket =
        buckets.get(clients) ?? artifactBucket(clients, identity, {roleArn, pollMilliseconds, signal, onEvent});
      buckets.set(clients, bucket);
      await bucket;
      await undoHotswapsFirst({clients, identity, stackName: stack, local, note}, folder);
      return deployService(clients, identity, {
        service,
        stackName: stack,
        template: file,
        parameters,
        roleArn,
        prebuilt: false,
        fallbackModules: local ? gearModules() : [],
        pollMilliseconds,
        signal,
        onEvent,
        ...(asks ? {confirm: (question: string) => display.quiet(() => confirm(`${service}: ${question}`))} : {}),
        approve(review) {
          display.prepared(service);
          return approve(review);
        },
      });
    },
  };
}

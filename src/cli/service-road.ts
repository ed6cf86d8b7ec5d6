import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {relative} from 'node:path';
import type {ServiceRoad} from '../deploy/all/prepare-services.ts';
import type {DeployEvent} from '../deploy/events.ts';
import type {Project} from '../project/read-project.ts';
import {confirm, hasTerminal} from './approval.ts';
import type {ServiceConnections} from './service-connections.ts';
import type {ServicesDisplay} from './show-services.ts';

export interface RoadFlags {
  readonly local?: boolean | undefined;
  readonly yes: boolean;
  readonly plan: boolean;
  readonly 'approve-plan'?: string | undefined;
  readonly audit?: boolean | undefined;
  readonly baseline?: string | undefined;
  readonly 'role-arn'?: string | undefined;
}

/** Each of several services on the road that it takes when it is deployed alone, with its events on the display. */
export async function serviceRoad(
  connections: ServiceConnections,
  flags: RoadFlags,
  display: ServicesDisplay,
  signal: AbortSignal,
): Promise<ServiceRoad> {
  const {local = false, yes, baseline, 'role-arn': roleArn} = flags;
  const audit = flags.audit ?? (!local && flags['approve-plan'] === undefined);
  const {artifactBucket, deployService, packageService} = await import('../deploy/deploy-service.ts');
  const {undoHotswapsFirst} = await import('./hotswap.ts');
  const {readStack} = await import('../deploy/read-stack.ts');
  const {standingOutputs} = await import('../deploy/standing-outputs.ts');
  const {gearModules} = await import('../bundle/gear-modules.ts');
  const asks = !local && !yes && hasTerminal();
  const pollMilliseconds = local ? 50 : 2000;
  const run = `gear-${randomUUID().slice(0, 8)}`;
  // Two services that find none would both create it.
  const buckets = new Map<object, Promise<unknown>>();
  const eventsOf =
    ({service}: Project) =>
    (event: DeployEvent) =>
      display.show(service, event);
  const options = (project: Project) => ({
    service: project.service,
    stackName: project.stack,
    template: relative(process.cwd(), project.template),
    roleArn,
    prebuilt: false,
    fallbackModules: local ? gearModules() : [],
    pollMilliseconds,
    signal,
    onEvent: eventsOf(project),
  });
  return {
    async outputs(project) {
      const {clients} = await connections.of(project);
      return standingOutputs(clients, project.stack);
    },
    async package(project, parameters) {
      if (audit) {
        const {auditGate} = await import('./audit-gate.ts');
        const note = (text: string) => display.note(project.service, text);
        await auditGate({template: relative(process.cwd(), project.template), parameters, baseline, note});
      }
      return packageService({...options(project), parameters});
    },
    async deploy(project, packaged, parameters, approve) {
      const {service, stack, folder} = project;
      const {clients, identity} = await connections.of(project);
      const bucket =
        buckets.get(clients) ??
        artifactBucket(clients, identity, {roleArn, pollMilliseconds, signal, onEvent: eventsOf(project)});
      buckets.set(clients, bucket);
      await bucket;
      const note = (text: string) => display.note(service, text);
      if (!flags.plan) await undoHotswapsFirst({clients, identity, stackName: stack, local, note}, folder);
      return deployService(clients, identity, {
        ...options(project),
        packaged,
        parameters,
        changeSetPrefix: run,
        ...(asks
          ? {confirm: (question: string) => display.quiet(() => confirm(`${service}: ${question}`, {signal}))}
          : {}),
        approve(review) {
          display.prepared(service);
          return approve(review);
        },
      });
    },
    async draft(project, packaged, parameters) {
      const {draftReview} = await import('../deploy/review/draft-review.ts');
      const {clients, identity} = await connections.of(project);
      const review = await draftReview(clients, identity, {
        service: project.service,
        stackName: project.stack,
        packaged,
        parameters,
      });
      display.prepared(project.service);
      return review;
    },
    async changedSince(project, packaged, parameters, plan) {
      const {changedSince} = await import('../deploy/all/changed-since.ts');
      const {clients, identity} = await connections.of(project);
      const {service, stack: stackName} = project;
      const changeSet = plan?.review.changeSet;
      return changedSince(clients, identity, {service, stackName, changeSet, packaged, parameters});
    },
    async kept(project) {
      const {executePlan} = await import('../deploy/execute-plan.ts');
      const {keptPlans} = await import('../deploy/kept-plans.ts');
      const {deleteChangeSet} = await import('../deploy/discard-change-set.ts');
      const {clients} = await connections.of(project);
      const stack = await readStack(clients, project.stack);
      if (stack === undefined) return [];
      const file = relative(process.cwd(), project.template);
      const kept = [];
      for await (const {changeSet, review} of keptPlans(clients, stack, file))
        kept.push({
          run: /changeSet\/(gear-[0-9a-f]{8})-/.exec(changeSet.id)?.[1] ?? changeSet.id,
          review,
          parameters: changeSet.parameters,
          execute: () =>
            executePlan(clients, {
              stackName: project.stack,
              hash: review.hash,
              file,
              text: readFileSync(project.template, 'utf8'),
              pollMilliseconds,
              signal,
              onEvent: eventsOf(project),
              confirm: () => {},
            }),
          discard: () => deleteChangeSet(clients, changeSet, stack.status === 'REVIEW_IN_PROGRESS'),
        });
      return kept;
    },
  };
}

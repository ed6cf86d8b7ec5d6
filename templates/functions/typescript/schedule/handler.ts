/** What the schedule in the template sends. */
export interface ScheduledRun {
  /** When this run was due, which is not when it begins. */
  readonly scheduledAt: string;
}

/** A schedule fires at least once: what happens here must be able to happen twice for one `scheduledAt`. */
export async function handler({scheduledAt}: ScheduledRun): Promise<void> {
  if (Number.isNaN(Date.parse(scheduledAt))) throw new Error(`scheduledAt is no time: ${scheduledAt}`);
  console.info({message: 'Scheduled run', scheduledAt});
}

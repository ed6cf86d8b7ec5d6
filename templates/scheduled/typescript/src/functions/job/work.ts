/** The time that a run is responsible for: each window begins where the last one ended. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/**
 * What the schedule is for belongs here: a report, a clean-up, a reconciliation of what happened in the window. What it
 * answers is kept in the row of the last run. It must bear being done twice for the same window.
 */
export async function work({from, to}: Window): Promise<{readonly minutes: number}> {
  return {minutes: Math.round((Date.parse(to) - Date.parse(from)) / 60_000)};
}

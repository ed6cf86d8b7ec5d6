import type {Clock} from '../../clock.ts';
import type {Deliveries} from '../../deliveries.ts';
import type {Identity} from '../../identity.ts';
import {nextTime, parseSchedule} from '../../schedule-expression.ts';
import type {Collection, State} from '../../state.ts';
import {delivery} from './delivery.ts';
import {notFound} from './errors.ts';
import type {ScheduleGroup, ScheduleRecord} from './records.ts';

export interface SchedulerOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly deliveries: Deliveries;
  /** Whether a role trusts Scheduler. */
  readonly identity: Pick<Identity, 'trusts'>;
}

/** Schedules, each with a timer for its next time. */
export class SchedulerStore {
  readonly options: SchedulerOptions;
  readonly groups: Collection<ScheduleGroup>;
  readonly #schedules: Collection<ScheduleRecord>;
  readonly #timers = new Map<string, () => void>();

  constructor(options: SchedulerOptions) {
    const {state, clock} = options;
    this.options = options;
    this.groups = state.collection('scheduler groups');
    this.#schedules = state.collection('scheduler schedules');
    if (!this.groups.has('default'))
      this.groups.set('default', {Name: 'default', tags: {}, createdAt: clock.now(), modifiedAt: clock.now()});
    for (const schedule of [...this.#schedules.values()]) this.#arm(schedule);
  }

  scheduleArn(group: string, name: string): string {
    return `${this.#arn}schedule/${group}/${name}`;
  }

  groupArn(name: string): string {
    return `${this.#arn}schedule-group/${name}`;
  }

  group(name: string): ScheduleGroup {
    const group = this.groups.get(name);
    if (group === undefined) throw notFound(`Schedule group ${name} does not exist.`);
    return group;
  }

  find(group: string, name: string): ScheduleRecord | undefined {
    return this.#schedules.get(`${group}/${name}`);
  }

  schedule(group: string, name: string): ScheduleRecord {
    const schedule = this.find(group, name);
    if (schedule === undefined) throw notFound(`Schedule ${name} does not exist.`);
    return schedule;
  }

  schedules(): ScheduleRecord[] {
    return [...this.#schedules.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, schedule]) => schedule);
  }

  set(schedule: ScheduleRecord): void {
    this.#schedules.set(keyOf(schedule), schedule);
    this.#arm(schedule);
  }

  delete(schedule: ScheduleRecord): void {
    this.#disarm(schedule);
    this.#schedules.delete(keyOf(schedule));
  }

  deleteGroup({Name}: ScheduleGroup): void {
    this.options.state.transaction(() => {
      for (const schedule of this.schedules()) if (schedule.GroupName === Name) this.delete(schedule);
      this.groups.delete(Name);
    });
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  get #arn(): string {
    return `arn:aws:scheduler:${this.options.region}:${this.options.account}:`;
  }

  #arm(schedule: ScheduleRecord): void {
    this.#disarm(schedule);
    if (schedule.State === 'DISABLED') return;
    const {clock} = this.options;
    const due = this.#nextTime(schedule);
    if (due === undefined) return;
    this.#timers.set(
      keyOf(schedule),
      clock.after(Math.max(0, due - clock.now()), () => this.#fire(schedule, due)),
    );
  }

  #disarm(schedule: ScheduleRecord): void {
    this.#timers.get(keyOf(schedule))?.();
    this.#timers.delete(keyOf(schedule));
  }

  /** What fell due while nothing ran is made up for when it happens once, and left out when it happens again and again. */
  #nextTime({ScheduleExpression, ScheduleExpressionTimezone, startDate, endDate, done}: ScheduleRecord) {
    const schedule = parseSchedule(ScheduleExpression, ScheduleExpressionTimezone);
    if (schedule.kind === 'at') return schedule.time > done ? schedule.time : undefined;
    const now = this.options.clock.now();
    // A rate begins at its start date itself.
    if (schedule.kind === 'rate' && startDate !== undefined && startDate > now) return within(startDate, endDate);
    const earliest = Math.max(now, (startDate ?? 0) - 1);
    return within(nextTime(schedule, earliest, startDate ?? done), endDate);
  }

  /** The time is written down together with what is owed for it: a kill in between does neither. */
  #fire(schedule: ScheduleRecord, due: number): void {
    const after = {...schedule, done: due};
    this.options.state.transaction(() => {
      this.options.deliveries.add([delivery(schedule, due, this.scheduleArn(schedule.GroupName, schedule.Name))]);
      this.#schedules.set(keyOf(after), after);
    });
    this.#arm(after);
    if (!this.#timers.has(keyOf(after)) && after.ActionAfterCompletion === 'DELETE') this.delete(after);
  }
}

function within(time: number | undefined, end: number | undefined): number | undefined {
  return time === undefined || (end !== undefined && time > end) ? undefined : time;
}

function keyOf({GroupName, Name}: ScheduleRecord): string {
  return `${GroupName}/${Name}`;
}

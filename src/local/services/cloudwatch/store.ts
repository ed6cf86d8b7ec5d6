import type {Clock} from '../../clock.ts';
import type {Deliveries} from '../../deliveries.ts';
import {ServiceError} from '../../service-error.ts';
import type {Collection, Journal, State} from '../../state.ts';
import type {Alarm, StateValue} from './alarm.ts';
import {alarmActions} from './alarm-actions.ts';
import {type Datapoint, evaluateAlarm, extraPeriods} from './evaluate-alarm.ts';
import {type MetricIdentity, type MetricSample, metricKey, type Observation} from './metric.ts';
import {parseStatistic} from './statistic.ts';

export interface CloudwatchOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  /** Where the actions of alarms go. */
  readonly deliveries?: Pick<Deliveries, 'add'>;
}

export interface Dashboard {
  readonly name: string;
  readonly body: string;
  readonly lastModified: number;
  readonly tags: Readonly<Record<string, string>>;
}

interface KnownMetric extends MetricIdentity {
  readonly firstSeen: number;
}

const evaluationInterval = 10_000;
const sweepInterval = 3_600_000;
/** AWS rolls its minutes up after 15 days; here they end. */
const retention = 15 * 86_400_000;

/** Metrics, alarms and dashboards. Alarms are evaluated every ten seconds, and when they are looked at. */
export class CloudwatchStore {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly alarms: Collection<Alarm>;
  readonly dashboards: Collection<Dashboard>;
  readonly #state: State;
  readonly #deliveries: Pick<Deliveries, 'add'> | undefined;
  readonly #metrics: Collection<KnownMetric>;
  readonly #observations: Journal<Observation>;
  /** Until when a state set by hand stands, by alarm: up to the next evaluation. */
  readonly #held = new Map<string, number>();
  readonly #reported: [MetricIdentity, number, Observation][] = [];
  #cancelWrite: (() => void) | undefined;
  #cancelTick: () => void = () => {};
  #cancelSweep: () => void = () => {};

  constructor({state, clock, account, region, deliveries}: CloudwatchOptions) {
    this.#state = state;
    this.#deliveries = deliveries;
    this.clock = clock;
    this.account = account;
    this.region = region;
    this.alarms = state.collection('cloudwatch alarms');
    this.dashboards = state.collection('cloudwatch dashboards');
    this.#metrics = state.collection('cloudwatch metrics');
    this.#observations = state.journal('cloudwatch observations');
    this.#tick();
    this.#sweep();
  }

  /**
   * For the services of the cloud, which need no permission to report their own metrics. They report on the path of
   * every call and wait for no answer, so what they say is written a moment later and together.
   */
  record({value, unit = 'None', time = this.clock.now(), ...metric}: MetricSample): void {
    this.#reported.push([metric, time, {unit, sampleCount: 1, sum: value, minimum: value, maximum: value}]);
    this.#cancelWrite ??= this.clock.after(100, () => this.#writeReported());
  }

  observe({namespace, metricName, dimensions}: MetricIdentity, time: number, observation: Observation): void {
    const key = metricKey({namespace, metricName, dimensions});
    if (!this.#metrics.has(key)) this.#metrics.set(key, {namespace, metricName, dimensions, firstSeen: time});
    this.#observations.append(key, Math.floor(time), observation);
  }

  metrics(): MetricIdentity[] {
    this.#writeReported();
    return [...this.#metrics.values()];
  }

  /** Observations from `from` up to, not including, `to`; of one unit when it is named. */
  observations(metric: MetricIdentity, from: number, to: number, unit?: string) {
    this.#writeReported();
    return this.#observations
      .read({key: metricKey(metric), from, to})
      .map(({time, entry}) => ({time, observation: entry}))
      .filter(({observation}) => unit === undefined || observation.unit === unit);
  }

  /** The alarm in the state that it has at this moment. */
  alarm(name: string): Alarm {
    const alarm = this.alarms.get(name);
    if (alarm === undefined) throw new ServiceError('ResourceNotFound', `Unknown alarm: ${name}`, {status: 404});
    return this.evaluated(alarm);
  }

  evaluated(alarm: Alarm): Alarm {
    const now = this.clock.now();
    if ((this.#held.get(alarm.name) ?? 0) > now) return alarm;
    const verdict = evaluateAlarm(alarm, this.#periodsOf(alarm, now));
    if (verdict === undefined || verdict.value === alarm.state.value) return alarm;
    return this.#changeState(alarm, verdict.value, verdict.reason);
  }

  setState(name: string, value: StateValue, reason: string, reasonData: string | undefined): void {
    this.#changeState(this.alarm(name), value, reason, reasonData);
    this.#held.set(name, this.clock.now() + evaluationInterval);
  }

  close(): void {
    this.#writeReported();
    this.#cancelTick();
    this.#cancelSweep();
  }

  #writeReported(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    if (this.#reported.length === 0) return;
    const reported = this.#reported.splice(0);
    this.#state.transaction(() => {
      for (const [metric, time, observation] of reported) this.observe(metric, time, observation);
    });
  }

  #changeState(alarm: Alarm, value: StateValue, reason: string, reasonData?: string): Alarm {
    const now = this.clock.now();
    const transitionedAt = value === alarm.state.value ? alarm.state.transitionedAt : now;
    const changed: Alarm = {...alarm, state: {value, reason, reasonData, updatedAt: now, transitionedAt}};
    this.#state.transaction(() => {
      this.alarms.set(alarm.name, changed);
      this.#deliveries?.add(alarmActions(changed, alarm.state.value, this));
    });
    return changed;
  }

  /**
   * Periods that end now, newest first. They are not those of the clock: an error is an alarm when it happens and not
   * at the end of its minute.
   */
  #periodsOf(alarm: Alarm, now: number): (Datapoint | undefined)[] {
    const length = alarm.period * 1000;
    const count = alarm.evaluationPeriods + extraPeriods;
    const end = now + 1;
    const observed = this.observations(alarm.metric, end - count * length, end, alarm.unit);
    const statistic = parseStatistic(alarm.statistic ?? alarm.extendedStatistic!);
    return Array.from({length: count}, (_, index) => {
      const start = end - (index + 1) * length;
      const within = observed.filter(({time}) => time >= start && time < start + length);
      const value = within.length === 0 ? undefined : statistic(within.map(({observation}) => observation));
      return value === undefined ? undefined : {value, time: start};
    });
  }

  #tick(): void {
    for (const alarm of [...this.alarms.values()]) this.evaluated(alarm);
    this.#cancelTick = this.clock.after(evaluationInterval, () => this.#tick());
  }

  #sweep(): void {
    for (const key of this.#metrics.keys()) this.#observations.deleteBefore(key, this.clock.now() - retention);
    this.#cancelSweep = this.clock.after(sweepInterval, () => this.#sweep());
  }
}

import {randomUUID} from 'node:crypto';
import type {Clock} from '../../clock.ts';
import type {Deliveries} from '../../deliveries.ts';
import {matchesEventPattern, parseEventPattern} from '../../event-pattern.ts';
import {nextTime, parseSchedule} from '../../schedule-expression.ts';
import type {Collection, State} from '../../state.ts';
import {delivery} from './delivery.ts';
import {notFound} from './errors.ts';
import type {BusEvent, EventBus, Rule} from './records.ts';

export interface EventBridgeOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly deliveries: Deliveries;
}

/** Event buses, their rules, and the rules that a clock sets off. */
export class EventBridgeStore {
  readonly options: EventBridgeOptions;
  readonly buses: Collection<EventBus>;
  readonly #rules: Collection<Rule>;
  readonly #timers = new Map<string, () => void>();

  constructor(options: EventBridgeOptions) {
    const {state, clock} = options;
    this.options = options;
    this.buses = state.collection('events buses');
    this.#rules = state.collection('events rules');
    if (!this.buses.has('default'))
      this.buses.set('default', {name: 'default', tags: {}, createdAt: clock.now(), modifiedAt: clock.now()});
    for (const rule of this.#rules.values()) this.#schedule(rule);
  }

  /** By name or ARN. */
  bus(nameOrArn = 'default'): EventBus {
    const name = nameOfBus(nameOrArn);
    const bus = this.buses.get(name);
    if (bus === undefined) throw notFound(`Event bus ${name} does not exist.`);
    return bus;
  }

  busArn(name: string): string {
    return `${this.#arn}event-bus/${name}`;
  }

  ruleArn(bus: string, name: string): string {
    return `${this.#arn}rule/${bus === 'default' ? '' : `${bus}/`}${name}`;
  }

  arnOfRule({bus, name}: Pick<Rule, 'bus' | 'name'>): string {
    return this.ruleArn(bus, name);
  }

  rule(bus: EventBus, name: string): Rule {
    const rule = this.findRule(bus, name);
    if (rule === undefined) throw notFound(`Rule ${name} does not exist on EventBus ${bus.name}.`);
    return rule;
  }

  findRule(bus: EventBus, name: string): Rule | undefined {
    return this.#rules.get(`${bus.name}/${name}`);
  }

  rules(bus: EventBus): Rule[] {
    return [...this.#rules.values()].filter(rule => rule.bus === bus.name).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  setRule(rule: Rule): void {
    this.#rules.set(`${rule.bus}/${rule.name}`, rule);
    this.#schedule(rule);
  }

  deleteRule(rule: Rule): void {
    this.#unschedule(rule);
    this.#rules.delete(`${rule.bus}/${rule.name}`);
  }

  /** Owes the event to the targets of every rule that it fits. */
  accept(bus: EventBus, event: BusEvent): void {
    const rules = this.rules(bus).filter(
      ({state, eventPattern}) =>
        state === 'ENABLED' &&
        eventPattern !== undefined &&
        matchesEventPattern(parseEventPattern(eventPattern), event),
    );
    this.#send(rules, event);
  }

  event(given: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>, time?: number): BusEvent {
    const {account, region, clock} = this.options;
    return {
      version: '0',
      id: randomUUID(),
      'detail-type': given['detail-type'],
      source: given.source,
      account,
      time: new Date(time ?? clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: given.resources,
      detail: given.detail,
    };
  }

  close(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  get #arn(): string {
    return `arn:aws:events:${this.options.region}:${this.options.account}:`;
  }

  #send(rules: readonly Rule[], event: BusEvent): void {
    const {account, clock, deliveries} = this.options;
    const now = clock.now();
    deliveries.add(
      rules.flatMap(rule => {
        const sender = {sourceArn: this.arnOfRule(rule), account, now};
        return rule.targets.map(target => delivery(rule, target, event, sender));
      }),
    );
  }

  #schedule(rule: Rule): void {
    this.#unschedule(rule);
    if (rule.scheduleExpression === undefined || rule.state === 'DISABLED') return;
    const {clock} = this.options;
    const now = clock.now();
    const due = nextTime(parseSchedule(rule.scheduleExpression), now, rule.scheduledFrom);
    if (due === undefined) return;
    const cancel = clock.after(due - now, () => {
      this.#fire(rule, due);
      this.#schedule(rule);
    });
    this.#timers.set(this.arnOfRule(rule), cancel);
  }

  #unschedule(rule: Rule): void {
    const arn = this.arnOfRule(rule);
    this.#timers.get(arn)?.();
    this.#timers.delete(arn);
  }

  #fire(rule: Rule, due: number): void {
    const resources = [this.arnOfRule(rule)];
    const event = this.event({source: 'aws.events', 'detail-type': 'Scheduled Event', resources, detail: {}}, due);
    this.#send([rule], event);
  }
}

export function nameOfBus(nameOrArn: string): string {
  return nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1);
}

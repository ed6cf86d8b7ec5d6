import type {Clock} from '../../clock.ts';
import type {Deliveries} from '../../deliveries.ts';
import type {Collection, State} from '../../state.ts';
import {invalidParameter, notFound} from './errors.ts';

export interface SnsOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly deliveries: Deliveries;
}

export interface Topic {
  readonly arn: string;
  readonly name: string;
  /** What is set; absent members have AWS's default. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Subscription {
  readonly arn: string;
  readonly topicArn: string;
  readonly protocol: 'sqs' | 'lambda';
  readonly endpoint: string;
  readonly principal: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export class SnsStore {
  readonly options: SnsOptions;
  readonly topics: Collection<Topic>;
  readonly subscriptions: Collection<Subscription>;

  constructor(options: SnsOptions) {
    this.options = options;
    this.topics = options.state.collection('sns topics');
    this.subscriptions = options.state.collection('sns subscriptions');
  }

  arnOf(name: string): string {
    return `arn:aws:sns:${this.options.region}:${this.options.account}:${name}`;
  }

  topic(arn: string): Topic {
    const topic = this.topics.get(checkTopicArn(arn));
    if (topic === undefined) throw notFound('Topic does not exist');
    return topic;
  }

  subscription(arn: string): Subscription {
    const subscription = this.subscriptions.get(arn);
    if (subscription === undefined) throw notFound('Subscription does not exist');
    return subscription;
  }

  subscriptionsOf(topicArn: string): Subscription[] {
    return [...this.subscriptions.values()].filter(subscription => subscription.topicArn === topicArn);
  }

  /** Its subscriptions go with it. */
  deleteTopic(arn: string): void {
    this.options.state.transaction(() => {
      for (const subscription of this.subscriptionsOf(arn)) this.subscriptions.delete(subscription.arn);
      this.topics.delete(arn);
    });
  }
}

export function checkTopicArn(arn: string): string {
  if (!/^arn:aws:sns:[\w-]+:\d{12}:[\w-]{1,256}(\.fifo)?$/.test(arn)) throw invalidParameter('TopicArn');
  return arn;
}

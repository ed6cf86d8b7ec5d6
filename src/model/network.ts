import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface Subnet {
  readonly name: string;
  /** As a function's VpcConfig names it. */
  readonly id: string;
  /** Two that say the same are in one zone. */
  readonly zone?: string;
  /** Where its default route leads. */
  readonly defaultRoute: Resolvable<'nat' | 'internet-gateway' | 'other' | 'none'>;
  readonly origin: Origin;
}

/** A way from a VPC to one service of AWS. */
export interface VpcEndpoint {
  /** `com.amazonaws.eu-central-1.sqs`. */
  readonly serviceName: Resolvable<string>;
}

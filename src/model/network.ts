import type {Origin} from './origin.ts';
import type {Resolvable} from './resolvable.ts';

export interface Subnet {
  readonly name: string;
  /** As a function's VpcConfig names it. */
  readonly id: string;
  /** Absent where it is not known, as of `VpcEndpoint`: of one VPC with the others, then. */
  readonly vpc?: string;
  /** Two that say the same are in one zone. */
  readonly zone?: string;
  /** Absent where nobody counts them: in a template. */
  readonly freeAddresses?: number;
  /** Where its default route leads. */
  readonly defaultRoute: Resolvable<'nat' | 'internet-gateway' | 'other' | 'none'>;
  readonly origin: Origin;
}

/** A way from a VPC to one service of AWS. */
export interface VpcEndpoint {
  /** `com.amazonaws.eu-central-1.sqs`. */
  readonly serviceName: Resolvable<string>;
  readonly vpc?: string;
}

export interface SecurityGroup {
  readonly name: string;
  /** As a function's VpcConfig names it. */
  readonly id: string;
  readonly ingress: readonly Ingress[];
  readonly origin: Origin;
}

/** Addresses that may open connections. */
interface Ingress {
  readonly cidr: Resolvable<string>;
  /** `tcp`, or `-1` for all. */
  readonly protocol: Resolvable<string>;
  /** Absent, as `toPort`, for all. */
  readonly fromPort?: Resolvable<number>;
  readonly toPort?: Resolvable<number>;
}

/** A resource that a policy could name instead of `*`. */
export interface NamedResource {
  readonly name: string;
  readonly arn: string;
  /** How its ARN is written where it was read: `!GetAtt OrdersQueue.Arn`. */
  readonly reference: string;
}

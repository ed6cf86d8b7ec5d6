/** The account and region that are read. */
export interface AccountIdentity {
  readonly account: string;
  readonly region: string;
}

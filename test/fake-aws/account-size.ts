/** How much there is in each region of an account. */
export interface AccountSize {
  readonly functions: number;
  /** Of the account, as are policies. */
  readonly roles: number;
  readonly policies: number;
  readonly mappings: number;
  readonly queues: number;
  readonly logGroups: number;
  readonly alarms: number;
  /** How many functions have got another revision than they had. */
  readonly changed?: number;
  /** How many of them have got other code. */
  readonly recoded?: number;
  /** Where the archives of functions and layers lie. */
  readonly archives?: string;
  /** Layers that every function has. */
  readonly layers?: readonly string[];
}

export const largeAccount: AccountSize = {
  functions: 5000,
  roles: 2000,
  policies: 500,
  mappings: 2500,
  queues: 400,
  logGroups: 5200,
  alarms: 900,
};

export function scaled(size: AccountSize, factor: number): AccountSize {
  const {functions, roles, policies, mappings, queues, logGroups, alarms} = size;
  const by = (count: number) => Math.round(count * factor);
  return {
    functions: by(functions),
    roles: by(roles),
    policies: by(policies),
    mappings: by(mappings),
    queues: by(queues),
    logGroups: by(logGroups),
    alarms: by(alarms),
  };
}

/** What somebody does with a service's stack, each with a part of the policy of its own. */
export const purposes = ['deploy', 'destroy', 'destroy-bucket', 'drift', 'hotswap', 'observe'] as const;

export type Purpose = (typeof purposes)[number];

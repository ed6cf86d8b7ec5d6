import {Flags} from '@oclif/core';
import {GearError} from '../errors.ts';
import type {TargetFlags} from './target-words.ts';

const helpGroup = 'UNDER WAY';

/** What only a deployment that begins can be told. */
const exclusive = [
  ...['parameter', 'role-arn', 'outputs-file', 'hotswap', 'audit', 'baseline', 'all'],
  ...['approve', 'yes', 'plan', 'approve-plan', 'allow-replace'],
];

/** What `gear deploy` can do about a deployment that has begun, instead of beginning one. */
export const attendFlags = {
  watch: Flags.boolean({
    description:
      'Follow the deployment that is under way, or tell how the last one ended; SERVICE may be a stack’s name',
    exclusive,
    helpGroup,
  }),
  cancel: Flags.boolean({
    description: 'Cancel what is under way: an update is rolled back, the stack of a first creation deleted',
    exclusive: exclusive.filter(flag => flag !== 'yes'),
    helpGroup,
  }),
  'continue-rollback': Flags.boolean({description: 'Go on with a rollback that failed', exclusive, helpGroup}),
  skip: Flags.string({
    description: 'With --continue-rollback: a resource to leave as it is; may be repeated',
    helpValue: 'ID',
    multiple: true,
    multipleNonGreedy: true,
    dependsOn: ['continue-rollback'],
    helpGroup,
  }),
};

export interface AttendFlags extends TargetFlags {
  readonly stage?: string | undefined;
  readonly watch: boolean;
  readonly cancel: boolean;
  readonly yes: boolean;
  readonly 'continue-rollback': boolean;
  readonly skip?: readonly string[] | undefined;
}

export type Doing = 'watch' | 'cancel' | 'continue-rollback';

/** What the flags ask for; undefined when it is an ordinary deployment. */
export function attends(flags: AttendFlags): Doing | undefined {
  const asked = (['watch', 'cancel', 'continue-rollback'] as const).filter(name => flags[name]);
  if (asked.length > 1)
    throw new GearError(`--${asked.join(' and --')} are different things: one at a time`, {code: 'USAGE'});
  return asked[0];
}

import {Flags} from '@oclif/core';
import {accountFlags, localFlag} from './flags.ts';

const helpGroup = 'ACCOUNT';
const several = {multiple: true, multipleNonGreedy: true, helpGroup} as const;

export const auditAccountFlags = {
  account: Flags.boolean({
    description: 'Audit what is deployed in the AWS account; implied by the flags below',
    helpGroup,
  }),
  local: localFlag('Audit what is deployed on the embedded AWS of this project'),
  ...accountFlags,
  region: Flags.string({...several, description: 'AWS region; may be repeated', helpValue: 'REGION'}),
  profile: Flags.string({
    ...several,
    description: 'Profile of the AWS configuration; may be repeated',
    helpValue: 'NAME',
  }),
  'all-regions': Flags.boolean({
    description: 'Every region that the account has enabled',
    exclusive: ['region', 'local', 'from'],
    helpGroup,
  }),
  quick: Flags.boolean({
    description: 'Make listing calls only; what takes one for each function, queue or table is not checked',
    exclusive: ['from', 'packages'],
    helpGroup,
  }),
  packages: Flags.boolean({
    description: 'Show what each package is made of; of functions and layers in an account that takes a call for each',
  }),
  'no-cache': Flags.boolean({
    description: 'Ask for everything again, also for what functions answered within the last hour',
    helpGroup,
  }),
  save: Flags.string({
    description: 'Write what is read to a folder, to be audited again with --from',
    helpValue: 'FOLDER',
    helpGroup,
  }),
  from: Flags.string({
    description: 'Audit what --save or the aws CLI wrote to a folder; AWS is not asked',
    exclusive: ['account', 'local', 'region', 'profile', 'endpoint-url', 'save'],
    helpValue: 'FOLDER',
    helpGroup,
  }),
  measured: Flags.boolean({
    description: 'Measure cold starts in the logs of the functions, by Logs Insights, instead of estimating the risk',
    helpGroup,
  }),
  since: Flags.string({
    description: 'With --measured: how far back, such as 12h or 30d; 7d unless said',
    dependsOn: ['measured'],
    helpValue: 'SPAN',
    helpGroup,
  }),
  unused: Flags.boolean({
    description: 'Find permissions that no function has used, by what IAM, or the embedded AWS, has recorded',
    helpGroup,
  }),
};

export interface AuditAccountFlags {
  readonly local: boolean;
  readonly dir: string | undefined;
  readonly region: readonly string[] | undefined;
  readonly profile: readonly string[] | undefined;
  readonly 'endpoint-url': string | undefined;
  readonly 'all-regions': boolean;
  readonly quick: boolean;
  readonly 'no-cache': boolean;
  readonly packages: boolean;
  readonly save: string | undefined;
  readonly from: string | undefined;
  readonly measured: boolean;
  readonly since: string | undefined;
  readonly unused: boolean;
}

/** Whether an audit is about accounts, and by which flag; templates have packages too. */
export function accountFlagIn(flags: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(auditAccountFlags).find(
    name => name !== 'dir' && name !== 'packages' && flags[name] !== undefined && flags[name] !== false,
  );
}

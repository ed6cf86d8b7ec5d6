import {Flags} from '@oclif/core';
import {GearError} from '../errors.ts';

/** Which embedded AWS a command of `gear local` is about. */
export const projectFolder = Flags.string({
  description: 'A folder of the project whose embedded AWS is meant',
  default: '.',
  helpValue: 'FOLDER',
});

const helpGroup = 'ACCOUNT';

/** Where a command finds its account; `connect` turns them into clients. */
export const accountFlags = {
  dir: Flags.string({
    description: 'With --local: a folder of the project whose embedded AWS is meant',
    dependsOn: ['local'],
    helpValue: 'FOLDER',
    helpGroup,
  }),
  region: Flags.string({description: 'AWS region', helpValue: 'REGION', helpGroup}),
  profile: Flags.string({description: 'Profile of the AWS configuration', helpValue: 'NAME', helpGroup}),
  'endpoint-url': Flags.string({description: 'Another endpoint than AWS’s own', helpValue: 'URL', helpGroup}),
};

/** The embedded AWS has its own region, keys and endpoint: another one beside it would be ignored. */
export const localFlag = (description: string) =>
  Flags.boolean({description, exclusive: ['region', 'profile', 'endpoint-url'], helpGroup});

export const parameterFlag = Flags.string({
  description: 'A parameter of the template, in an audit also a variable such as opt:stage; may be repeated',
  multiple: true,
  multipleNonGreedy: true,
  helpValue: 'NAME=VALUE',
});

export const stageFlag = Flags.string({
  description: 'Deploy the stack of a stage: its name ends in -NAME, and gear.yaml says its parameters',
  exclusive: ['stack'],
  helpValue: 'NAME',
});

/** For what deploys nothing and is about the same template. */
export const asStageFlag = (description: string) => Flags.string({description, helpValue: 'NAME'});

export function readParameters(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => {
      const equals = pair.indexOf('=');
      if (equals < 1)
        throw new GearError(`--parameter ${pair} is not of the form NAME=VALUE`, {
          code: 'USAGE',
          suggestions: ['--parameter Stage=prod'],
        });
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}

import {editFiles} from './edit-draft.ts';
import type {ServiceDraft} from './option.ts';
import {options} from './options.ts';

/** By the option's name, the value that was given; empty for a switch. */
export type ChosenOptions = Readonly<Record<string, string>>;

/** Throws GearError USAGE for a value that an option cannot take. */
export function checkOptions(chosen: ChosenOptions): void {
  for (const {name, check} of options) {
    const value = chosen[name];
    if (value !== undefined) check?.(value);
  }
}

/** The rendered service as the chosen options would have it, whatever the order they were given in. */
export function applyOptions(service: ServiceDraft, chosen: ChosenOptions): ServiceDraft {
  const applied = options.reduce((draft, {name, apply}) => {
    const value = chosen[name];
    return value === undefined ? draft : apply(draft, value);
  }, service);
  return editFiles(applied, ['README.md', 'package.json', 'e2e/local-service.ts', 'e2e/local_service.py'], contents =>
    contents.replaceAll(localDeployments, `$1${localDeployment(chosen)}`),
  );
}

/** What deploys the service on this machine the first time; later deployments remember the parameters. */
export function localDeployment(chosen: ChosenOptions): string {
  const parameters = options.flatMap(({name, localParameters = []}) =>
    chosen[name] === undefined ? [] : localParameters,
  );
  return ['gear deploy --local', ...parameters.map(parameter => `--parameter ${parameter}`)].join(' ');
}

/** As a line to be typed, as a script of npm, and as the end-to-end test has it. */
const localDeployments = /^( {4}|.*": "|const deployment = '|DEPLOYMENT = ")gear deploy --local(?=$|",?$|';$)/gm;

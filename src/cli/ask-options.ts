import {GearError} from '../errors.ts';
import type {ChosenOptions} from '../scaffold/options/apply-options.ts';
import {options} from '../scaffold/options/options.ts';

/** What a service is written with, chosen from a list; each that takes a value is then asked for it. */
export async function askOptions(): Promise<ChosenOptions> {
  const {checkbox, input} = await import('@inquirer/prompts');
  const names = await checkbox({
    message: 'Written with',
    choices: options.map(({name, summary}) => ({value: name, name, description: summary})),
  });
  const chosen: Record<string, string> = {};
  for (const {name, question, check} of options.filter(({name}) => names.includes(name)))
    chosen[name] =
      question === undefined
        ? ''
        : await input({message: question, validate: value => objection(value, check) ?? true});
  return chosen;
}

function objection(value: string, check: ((value: string) => void) | undefined): string | undefined {
  try {
    check?.(value);
    return undefined;
  } catch (error) {
    if (error instanceof GearError) return error.message;
    throw error;
  }
}

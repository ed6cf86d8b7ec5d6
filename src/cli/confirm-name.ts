import {exitCodes, GearError} from '../errors.ts';
import {answered} from './answered.ts';
import {asking, hasTerminal} from './approval.ts';

interface NameQuestion {
  readonly message: string;
  /** What has to be typed. */
  readonly name: string;
  /** What would say it without a terminal. */
  readonly otherwise: string;
  /** Ends the question. */
  readonly signal?: AbortSignal;
}

/** Whether somebody has typed the name of what is deleted for good. */
export async function typesName({message, name, otherwise, signal}: NameQuestion): Promise<boolean> {
  if (!hasTerminal())
    throw new GearError(`Destroying ${name} cannot be undone; without a terminal it needs --yes`, {
      code: 'CONFIRMATION_NEEDED',
      suggestions: [otherwise],
      exit: exitCodes.approval,
    });
  const {input} = await import('@inquirer/prompts');
  const typed = await answered(input({message}, asking(signal)), 'Nothing was deleted.');
  return typed.trim() === name;
}

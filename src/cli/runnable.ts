import type {ConnectionFlags} from './connect.ts';
import {targetWords} from './target-words.ts';

export interface Place extends ConnectionFlags {
  readonly stage?: string | undefined;
}

/**
 * A command that gear proposes, as it has to be typed to reach the account, region or embedded AWS in which the user
 * is: `aws s3 ls` is `gear local aws -- s3 ls` there. What stands around the command stays as it is.
 */
export function runnable(text: string, place: Place): string {
  return text
    .replaceAll(gearCommand, command => [command, ...missingWords(place, text)].join(' '))
    .replaceAll(awsCommand, (_, before: string) => before + awsWords(place));
}

/** The flags of a command line that say where it works; for those that no longer need to be valid. */
export function placeOf(argv: readonly string[]): Place {
  const end = argv.indexOf('--');
  const own = end < 0 ? argv : argv.slice(0, end);
  const value = (name: string) => {
    const index = own.findIndex(word => word === `--${name}` || word.startsWith(`--${name}=`));
    return index < 0 ? undefined : own[index]!.includes('=') ? own[index]!.slice(name.length + 3) : own[index + 1];
  };
  return {
    local: own.includes('--local'),
    dir: value('dir'),
    region: value('region'),
    profile: value('profile'),
    'endpoint-url': value('endpoint-url'),
    stage: value('stage'),
  };
}

/** Those that take the flags of an account. One that says where it works is left alone. */
const gearCommand =
  /\bgear (?:deploy|destroy|status|diff|drift|logs|invoke|replay|dlq \w+)\b(?![^,;]*--(?:help|local|dir|region|profile|endpoint-url)\b)/g;

/** At the beginning, or after a colon, comma or &&; in the middle of a sentence it is only a name. */
const awsCommand = /(^|(?:[:,]|&&) )aws (?=[a-z0-9-]+ [a-z-]+)/g;

function missingWords(place: Place, text: string): readonly string[] {
  const stage = place.stage === undefined || /--(?:stack|stage|bucket)\b/.test(text) ? [] : [`--stage ${place.stage}`];
  return [...stage, ...placeWords(place)];
}

function awsWords({local, dir, ...place}: Place): string {
  if (local) return ['gear local aws', ...placeWords({dir}), '-- '].join(' ');
  return ['aws', ...placeWords(place), ''].join(' ');
}

/** Flags of a command may hold a stack, too: the proposal has its own. */
function placeWords(place: Place): readonly string[] {
  return targetWords({...place, stack: undefined});
}

import {Command, Flags} from '@oclif/core';
import {printable} from '../terminal/printable.ts';
import type {ConnectionFlags} from './connect.ts';
import {describeError} from './describe-error.ts';
import {fitted} from './fitted.ts';
import {type Place, placeOf, runnable} from './runnable.ts';

/**
 * What every command has in common: `--json`, one shape of error and one meaning of each exit code. oclif's own
 * JSON flag is not used: with it an exit code differs between the two forms, and an unknown flag prints no error.
 */
export abstract class GearCommand extends Command {
  static override baseFlags = {
    json: Flags.boolean({description: 'Print the result as one JSON document', helpGroup: 'GLOBAL'}),
  };

  /** A result, to standard output: the document with `--json`, the text otherwise. */
  protected result(document: unknown, text: () => string): void {
    process.stdout.write(this.json ? this.asJson(document) : ending(text()));
  }

  /** A result or an error, as `--json` prints it. */
  protected asJson(document: unknown): string {
    return printable(`${JSON.stringify(document, null, 2)}\n`);
  }

  /** Progress and warnings, to standard error, so that a pipe gets results only. */
  protected note(text: string): void {
    process.stderr.write(ending(fitted(text, process.stderr)));
  }

  protected get json(): boolean {
    const end = this.argv.indexOf('--');
    return (end < 0 ? this.argv : this.argv.slice(0, end)).includes('--json');
  }

  #place: ConnectionFlags | undefined;

  /** Told by a command that works in the region of gear.yaml. */
  protected isAt(place: ConnectionFlags): void {
    this.#place = place;
  }

  /** Where it works: what it proposes is to be typed for the same place. */
  protected place(): Place {
    return {...placeOf(this.argv), ...this.#place};
  }

  protected override async catch(error: Error): Promise<void> {
    const here = this.place();
    const {exit, text, ...document} = describeError(error, this.id?.replaceAll(':', ' '), line => runnable(line, here));
    if (this.json) process.stdout.write(this.asJson({error: document}));
    else process.stderr.write(ending(fitted(text, process.stderr)));
    process.exitCode = exit;
  }
}

function ending(text: string): string {
  return printable(text === '' || text.endsWith('\n') ? text : `${text}\n`);
}

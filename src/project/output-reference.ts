import {type Resolvable, unresolved} from '../model/resolvable.ts';

/** `${orders.AlarmTopicArn}` in a parameter of gear.yaml: an output of another service of the repository. */
export interface OutputReference {
  readonly service: string;
  readonly output: string;
}

export function outputReferences(value: string): readonly OutputReference[] {
  return [...value.matchAll(reference)].map(([, service, output]) => ({service: service!, output: output!}));
}

/** All of them; one that hangs on an output that `read` does not know is unresolved, never the template's default. */
export function settledParameters(
  {parameters}: {readonly parameters: Readonly<Record<string, string>>},
  read: (reference: OutputReference) => string | undefined = () => undefined,
): Readonly<Record<string, Resolvable<string>>> {
  const settled = Object.entries(parameters).map(([name, value]) => {
    const filled = fillReferences(value, read);
    const missing = outputReferences(value).find(reference => read(reference) === undefined);
    if (missing === undefined) return [name, filled!];
    return [name, unresolved(`!Ref ${name}`, `it is the output ${missing.output} of ${missing.service}`)];
  });
  return Object.fromEntries(settled);
}

/** The value with each reference replaced; `read` gives undefined for what is not known yet, and then nothing is. */
export function fillReferences(
  value: string,
  read: (reference: OutputReference) => string | undefined,
): string | undefined {
  let known = true;
  const filled = value.replaceAll(reference, (_, service: string, output: string) => {
    const found = read({service, output});
    known &&= found !== undefined;
    return found ?? '';
  });
  return known ? filled : undefined;
}

/** Any other `${...}` would reach CloudFormation as it stands, which is never what was meant. */
export function requireReferences(value: string, name: string, invalid: (what: string) => Error): void {
  const other = value.replaceAll(reference, '').match(/\$\{[^}]*\}?/)?.[0];
  if (other !== undefined) throw invalid(`${name} has ${other}, which is not of the form \${service.Output}`);
}

// A service may have a dot in its name, an output has none.
const reference = /\$\{([^${}]+)\.([A-Za-z0-9]+)\}/g;

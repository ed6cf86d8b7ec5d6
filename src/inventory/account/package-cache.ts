import type {FunctionConfiguration} from '@aws-sdk/client-lambda';
import type {AwsClients} from '../../aws/clients.ts';
import {recordedCall} from '../../aws/recorded-call.ts';
import {type Call, watchCalls} from '../../aws/watch-calls.ts';
import {openKeptPackages} from './kept-packages.ts';

/** What was read of packages and layers, kept from one audit to the next. */
export interface PackageCache {
  /** The same clients; a package that was read once is not asked for again. */
  wrap(clients: AwsClients): AwsClients;
  /** How many packages and layers were known. */
  used(): number;
}

/**
 * A package is what its CodeSha256 says, whoever has it, and a version of a layer never changes: what was read of them
 * stays true for the version of gear that read it, which is `gear`.
 */
export function openPackageCache(folder: string, now: () => number, gear: string): PackageCache {
  const kept = openKeptPackages(folder, now, gear);
  let used = 0;
  const wrap = (clients: AwsClients) => {
    const listed = new Map<string, ListedFunction>();
    /** What lies behind a link. */
    const contents = new Map<string, string>();
    return watchCalls(clients, async (call, send) => {
      if (call.operation === 'ReadDirectory') {
        const {Location, ...about} = call.input as AskedDirectory;
        const content = contents.get(Location);
        if (content === undefined) return send();
        const known = kept.read(keyOf(content, about));
        if (known !== undefined) return known.output;
        const output = await send();
        const read = recordedCall(call, {output});
        kept.write(keyOf(content, about), {location: (read.input as AskedDirectory).Location, output: read.output!});
        return output;
      }
      const content = contentOf(call, listed);
      const known = content === undefined ? undefined : kept.read(keyOf(content, codeOf(call, listed)));
      if (content !== undefined && known !== undefined) {
        used += 1;
        contents.set(known.location, content);
        return {[memberOf(call)]: {Location: known.location}, $metadata: {}};
      }
      const output = await send();
      if (call.operation === 'ListFunctions') note(output, listed);
      const link = linkIn(call, output);
      if (link !== undefined) contents.set(link.location, link.content);
      return output;
    });
  };
  return {wrap, used: () => used};
}

interface AskedDirectory {
  readonly Location: string;
  readonly Handler?: string;
  readonly Runtime?: string;
}

function keyOf(content: string, {Handler = '', Runtime = ''}: Omit<AskedDirectory, 'Location'>): string {
  return JSON.stringify([content, Handler, Runtime]);
}

type ListedFunction = Pick<FunctionConfiguration, 'CodeSha256' | 'Handler' | 'Runtime'>;
type Listed = ReadonlyMap<string, ListedFunction>;

/** What of it `readPackage` will ask for. */
function codeOf({input}: Call, listed: Listed): Omit<AskedDirectory, 'Location'> {
  const {Handler, Runtime} = listed.get((input as {FunctionName?: string}).FunctionName ?? '') ?? {};
  return Handler === undefined || Runtime === undefined ? {} : {Handler, Runtime};
}

function contentOf({operation, input}: Call, listed: Listed): string | undefined {
  const {FunctionName = '', Arn} = input as {FunctionName?: string; Arn?: string};
  if (operation === 'GetLayerVersionByArn') return Arn;
  return operation === 'GetFunction' ? listed.get(FunctionName)?.CodeSha256 : undefined;
}

function memberOf({operation}: Call): 'Code' | 'Content' {
  return operation === 'GetFunction' ? 'Code' : 'Content';
}

/** By what the answer itself says: since the functions were listed, one may have been deployed. */
function linkIn(call: Call, output: object): {readonly location: string; readonly content: string} | undefined {
  const answer = output as {
    readonly Configuration?: FunctionConfiguration;
    readonly Code?: {readonly Location?: string};
    readonly Content?: {readonly Location?: string};
  };
  if (call.operation !== 'GetFunction' && call.operation !== 'GetLayerVersionByArn') return undefined;
  const location = answer[memberOf(call)]?.Location;
  const content =
    call.operation === 'GetFunction' ? answer.Configuration?.CodeSha256 : (call.input as {Arn?: string}).Arn;
  return location === undefined || content === undefined ? undefined : {location, content};
}

function note({Functions = []}: {Functions?: readonly FunctionConfiguration[]}, into: Map<string, ListedFunction>) {
  for (const {FunctionName, CodeSha256, Handler, Runtime} of Functions)
    if (FunctionName !== undefined) into.set(FunctionName, {CodeSha256, Handler, Runtime});
}

import type {PackagePart} from '../model/deployment-package.ts';
import {unzippedBytes} from '../model/deployment-package.ts';
import type {Inventory} from '../model/inventory.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import {asWritten} from '../model/resolvable.ts';
import {packageParts} from './largest-parts.ts';
import {runtimeBrings} from './runtime-brings.ts';

/** What Lambda gets of a function, by size. What is absent could not be seen from here. */
export interface PackageContents {
  /** One of the sources of the audit. */
  readonly source: string;
  readonly function: string;
  readonly zippedBytes?: number;
  /** Of the function's own code. */
  readonly unzippedBytes?: number;
  readonly layers: readonly {readonly arn: string; readonly unzippedBytes?: number}[];
  /** The ten largest of code and layers, the largest first. */
  readonly largest: readonly LargePart[];
  /** Why there is nothing to say. */
  readonly unknown?: string;
}

export interface LargePart extends PackagePart {
  /** Of everything unzipped, from 0 to 1. */
  readonly share: number;
  /** The runtime has it as well. */
  readonly inRuntime: boolean;
}

/** Each function, the largest package first; those of which nothing is known last. */
export function packageContents(inventory: Inventory, source: string): readonly PackageContents[] {
  return inventory.functions
    .map(fn => contentsOf(fn, source))
    .sort(
      (a, b) =>
        whole(b) - whole(a) ||
        (b.zippedBytes ?? 0) - (a.zippedBytes ?? 0) ||
        (a.function < b.function ? -1 : a.function > b.function ? 1 : 0),
    );
}

function contentsOf(fn: LambdaFunction, source: string): PackageContents {
  const {name, package: code, runtime, layerPackages = []} = fn;
  const layers = fn.layers.map(layer => {
    const arn = asWritten(layer);
    const read = layerPackages.find(each => each.arn === arn);
    return {arn, ...(read === undefined ? {} : {unzippedBytes: unzippedBytes(read.files)})};
  });
  const own = {source, function: name, layers, largest: []};
  if (code.kind === 'image') return {...own, unknown: 'a container image, which gear does not look into'};
  if (code.kind === 'unknown') return {...own, unknown: code.reason};
  if (code.kind === 'inline')
    return {...own, unzippedBytes: code.bytes, largest: [{...inline, bytes: code.bytes, share: 1}]};
  const zipped = code.compressedBytes === undefined ? {} : {zippedBytes: code.compressedBytes};
  if (code.files === undefined) return {...own, ...zipped, unknown: 'what is in it was not read'};
  const parts = [
    ...('parts' in code && code.parts !== undefined ? code.parts : packageParts(code.files)),
    ...packageParts(layerPackages.flatMap(({files}) => files)),
  ];
  const total = parts.reduce((sum, {bytes}) => sum + bytes, 0);
  const largest = parts
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
    .slice(0, 10)
    .map(({name: part, bytes}) => ({
      name: part,
      bytes,
      share: total === 0 ? 0 : Math.round((bytes / total) * 1000) / 1000,
      inRuntime: typeof runtime === 'string' && runtimeBrings(runtime, part),
    }));
  return {...own, ...zipped, unzippedBytes: unzippedBytes(code.files), largest};
}

const inline = {name: 'code in the template', inRuntime: false};

function whole({unzippedBytes: own, layers}: PackageContents): number {
  return (own ?? -1) + layers.reduce((sum, layer) => sum + (layer.unzippedBytes ?? 0), 0);
}

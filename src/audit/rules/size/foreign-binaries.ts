import {byteSize} from '../../../model/byte-size.ts';
import type {PackagedFile} from '../../../model/deployment-package.ts';
import {unzippedBytes} from '../../../model/deployment-package.ts';
import {isUnresolved} from '../../../model/resolvable.ts';
import {type Detection, defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'size/foreign-binaries',
  subject: 'function',
  severity: 'low',
  title: 'A deployment package or a layer holds native modules for other machines',
  why: 'Modules that were installed on a laptop are made for its processor and system. Lambda cannot load them: at best they are dead weight, at worst the function fails when it starts.',
  remedy:
    'Install for the function’s own machine: `npm ci --os=linux --cpu=arm64`, `pip install --platform manylinux2014_aarch64 --only-binary=:all:`.',
  since: '0.1.0',
  examples: {bad: 'node_modules/@img/sharp-darwin-arm64', good: 'node_modules/@img/sharp-linux-arm64'},
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html',
  *check({name, package: code, layerPackages = [], architecture}) {
    // What could not be seen is reported by package-too-large.
    const own = code.kind === 'files' || code.kind === 'archive' ? code.files : undefined;
    if (own === undefined && layerPackages.length === 0) return;
    if (isUnresolved(architecture)) {
      yield {unknown: `its architecture is not known: ${architecture.reason}`};
      return;
    }
    const machine = architecture === 'arm64' ? 'linux arm64' : 'linux x64';
    yield* foreignIn(own ?? [], machine, `the package of ${name}`);
    for (const {arn, files} of layerPackages) {
      const layer = arn.replace(/:\d+$/, '');
      for (const found of foreignIn(files, machine, `the layer ${layer.split(':').at(-1)} of ${name}`))
        yield {...found, evidence: {...found.evidence, layer: arn}, key: layer};
    }
  },
});

function foreignIn(files: readonly PackagedFile[], own: string, where: string): readonly Detection[] {
  const native = files.flatMap(file => {
    const machine = file.machine ?? machineOf(file);
    return machine === undefined ? [] : [{file, machine}];
  });
  const foreign = native.filter(({machine}) => machine !== own);
  if (foreign.length === 0) return [];
  const none = foreign.length === native.length;
  const machines = [...new Set(foreign.map(({machine}) => machine))].sort();
  const byName = foreign.every(({file}) => file.machine === undefined) ? ', by their names' : '';
  return [
    {
      message: `${where} holds native modules for ${machines.join(', ')} (${byteSize(unzippedBytes(foreign.map(({file}) => file)))}${byName})${none ? `, and none for ${own}` : ''}`,
      severity: none ? 'high' : 'low',
      evidence: {machines, files: foreign.length, example: foreign[0]!.file.path},
    },
  ];
}

/** Where no header was read: by the names that npm's prebuilt packages and Python's wheels use; a file that does not tell is no evidence. */
function machineOf({path}: PackagedFile): string | undefined {
  if (!/\.(node|so(\.\d+)*|dylib|pyd|dll)$/.test(path)) return undefined;
  const system = /darwin|macos/i.test(path) ? 'macOS' : /win32|win_amd64|\.pyd$/i.test(path) ? 'Windows' : 'linux';
  const processor = /arm64|aarch64/i.test(path) ? 'arm64' : /x64|x86_64|amd64/i.test(path) ? 'x64' : undefined;
  // Of a file that does not name its system nothing is known; one for another system is foreign on any processor.
  if (system === 'linux' && (!/linux/i.test(path) || processor === undefined)) return undefined;
  return processor === undefined ? system : `${system} ${processor}`;
}

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of gear.yaml are written that way
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {strToU8, zipSync} from 'fflate';
import {parse} from 'yaml';
import {bundleProbes} from '../../src/bundle/bundle-probes.ts';
import {bundlePython} from '../../src/bundle/bundle-python.ts';
import {parseTemplate} from '../../src/cloudformation/parse.ts';
import {readTemplate} from '../../src/cloudformation/read-template.ts';
import {workInHandler} from '../../src/code/work-in-handler.ts';
import {orderServices} from '../../src/deploy/all/service-graph.ts';
import {buildTemplate} from '../../src/deploy/build-template.ts';
import {capabilitiesFor} from '../../src/deploy/capabilities.ts';
import {compareTemplates} from '../../src/deploy/diff/compare-templates.ts';
import {requireKnownParameters} from '../../src/deploy/known-parameters.ts';
import {packageTemplate, withUploads} from '../../src/deploy/package-template.ts';
import {deployerPolicies} from '../../src/deploy/policy/deployer-policy.ts';
import {handlerBySourceMap} from '../../src/inventory/archive/handler-by-source-map.ts';
import {readBuildSettings} from '../../src/project/build-settings.ts';
import {developmentStacks} from '../../src/project/development-stacks.ts';
import {findServices} from '../../src/project/find-services.ts';
import {settledParameters} from '../../src/project/output-reference.ts';
import {readProject} from '../../src/project/read-project.ts';
import {addFunction} from '../../src/scaffold/add-function.ts';
import {removeFunction} from '../../src/scaffold/remove-function.ts';
import {triggers} from '../../src/scaffold/triggers.ts';
import type {Road} from './road.ts';

/** The files of a service, as it is built, deployed and changed. */
export const serviceRoads: readonly Road[] = [
  {
    name: 'templates that are built and deployed',
    share: 0.3,
    seeds: [file('service/template.yaml')],
    json: seed => parseTemplate(seed, 'seed').body,
    async follow(text, folder) {
      layService(folder, {'template.yaml': text});
      const template = parseTemplate(text, join(folder, 'template.yaml'));
      const standing = parseTemplate(file('service/template.yaml'), 'standing');
      capabilitiesFor(template.body);
      compareTemplates(standing.body, template.body);
      const options = {folder, parameters: {}, fallbackModules: []};
      await buildTemplate(await readTemplate(text, join(folder, 'template.yaml')), options);
      const packaged = await packageTemplate(template, {...options, onEvent: () => {}});
      withUploads(packaged, {
        bucket: 'artefacts',
        keyOf: ({logicalId}) => logicalId,
        urlOf: String,
        keyOfText: String,
      });
    },
  },
  {
    name: 'templates whose policy is printed',
    share: 0.3,
    seeds: [file('../../templates/http-api/typescript/template.yaml'), file('service/template.yaml')],
    json: seed => parseTemplate(seed, 'seed').body,
    follow(text) {
      const template = parseTemplate(text, 'template.yaml');
      requireKnownParameters(template, {});
      const place = {account: '111122223333', region: 'eu-central-1', stackName: 'orders'};
      deployerPolicies({template, place, service: 'orders', parameters: {}, bucketExists: true});
    },
  },
  {
    name: 'templates that get and lose functions',
    share: 0.1,
    seeds: [file('../../templates/queue-worker/typescript/template.yaml')],
    json: seed => parseTemplate(seed, 'seed').body,
    async follow(text, folder) {
      writeFileSync(join(folder, 'template.yaml'), text);
      const trigger = triggers[text.length % triggers.length]!;
      await addFunction(readProject(folder), {name: 'notify-buyer', trigger, source: undefined, language: undefined});
      await removeFunction(readProject(folder), 'worker', {force: true});
    },
  },
  {
    name: 'gear.yaml of services',
    seeds: [
      'service: orders\nstack: orders-test\nbuild:\n  budget: 5 MB\n  functions: {A: 900 KB}\ndevelopment: [orders-dev]\nregion: eu-central-1\nparameters:\n  Topic: ${other.TopicArn}\n  Days: 7\ndependsOn: [other]\nstages:\n  dev: {region: eu-west-1, parameters: {Days: 1.10}}\n',
    ],
    json: seed => parse(seed),
    async follow(text, folder) {
      layService(folder, {'orders/template.yaml': 'Resources: {}', 'orders/gear.yaml': text});
      layService(folder, {
        'other/template.yaml': 'Outputs: {TopicArn: {Value: a}}',
        'other/gear.yaml': 'service: other',
      });
      const own = join(folder, 'orders');
      const projects = findServices(folder, text.length % 2 === 0 ? 'dev' : undefined);
      await readBuildSettings(own);
      developmentStacks(own);
      orderServices(projects);
      for (const project of projects) settledParameters(project);
    },
  },
  {
    name: 'handlers in JavaScript',
    seeds: [
      "import {S3} from '@aws-sdk/client-s3';\nimport a, * as b from './a.js';\nconst once = new S3({});\nexport const handler = async ({Records = []}, context) => {\n  const s3 = new S3({region: process.env.AWS_REGION});\n  for (const {body} of Records) await s3.send(JSON.parse(body)?.x ?? `a${b.c}`);\n  class D { #e = 1; static { new S3() } }\n  return once;\n};\n",
      "const {DynamoDB} = require('aws-sdk');\nmodule.exports.api = {handler(event, _, done) { const d = new DynamoDB(); done(null, /a+/u.test(d)); }};\nexports['other'] = wrap(exports.api.handler);\n",
      'enum E { A }\ninterface I<T extends string> { a?: T }\nexport async function handler(event: I<"a">): Promise<void> {\n  const a = <const T,>(b: T) => b as unknown;\n  await import("./x.ts");\n}\n',
    ],
    async follow(text) {
      for (const file of ['index.mjs', 'index.ts', 'app.cjs'])
        for (const name of ['handler', 'api.handler']) await workInHandler({file, text, name});
    },
  },
  {
    name: 'handlers in Python',
    seeds: [
      'import os, boto3\nfrom json import loads as read\nfrom .own import (a,\n    b)\nclient = boto3.client("s3")\n\n@decorated(1)\nasync def handler(event, context=None):\n    """Says \'a\'."""\n    table = boto3.resource(\n        "dynamodb").Table(os.environ["T"])\n    text = f"{event[\'a\']!r:>{1}}" r"\\d" b\'x\'\n    if x: import pandas; return [y for y in z]\n    def inner(): return lambda: 1\n    return table\n',
    ],
    async follow(text, folder) {
      await workInHandler({file: 'app.py', text, name: 'handler'});
      layService(folder, {'src/app.py': text, 'src/own.py': 'a = b = 1', 'requirements.txt': '# none\n'});
      await bundlePython({folder, entry: 'src/app.py', output: 'out', handler: 'app.handler', fetch: false});
    },
  },
  {
    name: 'requirements.txt',
    seeds: [
      '# a comment\nboto3>=1.34\n-r other.txt\n--index-url https://example.com\nrequests[socks]==2.31.0 ; python_version < "3.13" \\\n  --hash=sha256:abc\npkg @ file:///tmp/x.whl\n-e .\n./local\n',
      'boto3\ns3transfer == 0.10 # in the runtime\n',
    ],
    async follow(text, folder) {
      layService(folder, {'src/app.py': 'def handler(a, b): pass', 'requirements.txt': text});
      await bundlePython({folder, entry: 'src/app.py', output: 'out', handler: 'app.handler', fetch: false});
    },
  },
  {
    name: 'source maps',
    seeds: [
      JSON.stringify({
        version: 3,
        sources: ['webpack://orders/./src/handler.ts', '../node_modules/a/index.js', '../../src/b.js'],
        sourcesContent: ['export const handler = async () => new S3();', 'x', null],
        names: ['a'],
        mappings: 'AAAA,CAAC;AACD',
      }),
    ],
    json: JSON.parse,
    async follow(text) {
      await handlerBySourceMap(text, 'handler');
    },
  },
  {
    name: 'settings of bundlers',
    seeds: [
      '{\n  // of the service\n  "extends": ["./base.json", "@a/b"],\n  "compilerOptions": {"paths": {"a": ["./x"]}, "target": "es2022"}\n}\n',
    ],
    json: seed => JSON.parse(seed.replace(/\/\/.*/, '')),
    follow(text, folder) {
      layService(folder, {'src/a.ts': 'export const a = 1;', 'tsconfig.json': text, 'base.json': text});
      bundleProbes(folder, ['src/a.ts', 'node_modules/a/index.js']);
    },
  },
];

function layService(folder: string, files: Readonly<Record<string, string>>): void {
  const lay = (name: string, contents: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, name)), {recursive: true});
    writeFileSync(join(folder, name), contents);
  };
  for (const [name, text] of Object.entries({
    'plain/index.js': 'exports.handler = 1;',
    'nested.yaml': 'Resources: {}',
    'part.yaml': '{}',
    ...files,
  }))
    lay(name, text);
  lay('code.zip', zipSync({'index.mjs': strToU8('export const handler = 1;')}));
}

function file(path: string): string {
  return readFileSync(join(import.meta.dirname, path), 'utf8');
}

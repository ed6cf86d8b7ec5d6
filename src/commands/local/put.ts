import {basename} from 'node:path';
import {Args} from '@oclif/core';
import type {PutFile} from '../../aws/put-file.ts';
import {projectFolder} from '../../cli/flags.ts';
import {GearCommand} from '../../cli/gear-command.ts';
import {GearError} from '../../errors.ts';

export default class LocalPut extends GearCommand {
  static override summary = 'Put files into a bucket of the embedded AWS';

  static override description = `A destination that ends in a slash is a prefix: each file keeps its name below it.

Exit codes: 0 all were put, 2 one was not.`;

  static override examples = [
    '<%= config.bin %> <%= command.id %> order.json s3://orders-in-000000000000-us-east-1/incoming/order.json',
    '<%= config.bin %> <%= command.id %> inbox/*.csv s3://orders-in-000000000000-us-east-1/incoming/',
  ];

  static override strict = false;

  static override args = {
    files: Args.string({description: 'The files, then s3://BUCKET/KEY or s3://BUCKET/PREFIX/', required: true}),
  };

  static override flags = {
    dir: projectFolder,
  };

  override async run(): Promise<void> {
    const {argv, flags} = await this.parse(LocalPut);
    const paths = argv.slice(0, -1) as string[];
    const {bucket, keyOf} = destination(argv.at(-1) as string, paths);
    const {requireLocalCloud} = await import('../../local/connection.ts');
    const {localClients} = await import('../../cli/connect.ts');
    const clients = await localClients(await requireLocalCloud(flags.dir));
    const {putFile, requireFile} = await import('../../aws/put-file.ts');
    // All are looked at before the first is put: a misspelt name should not leave half of them there.
    for (const path of paths) requireFile(path);
    const put: ({file: string} & PutFile)[] = [];
    for (const path of paths) put.push({file: path, ...(await putFile(clients, path, bucket, keyOf(path)))});
    const {putText} = await import('../../report/local-data.ts');
    this.result({objects: put}, () => putText(put));
  }
}

function destination(url: string, paths: readonly string[]): {bucket: string; keyOf(path: string): string} {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(url) ?? [];
  const example = 's3://orders-in-000000000000-us-east-1/incoming/';
  if (bucket === undefined || key === undefined || paths.length === 0)
    throw new GearError(`${url} does not say where to put what: give the files, and then s3://BUCKET/KEY`, {
      code: 'USAGE',
      suggestions: [`gear local put order.json ${example}`],
    });
  if (paths.length > 1 && !key.endsWith('/'))
    throw new GearError(`Several files need a prefix to stand under, and ${url} does not end in a slash`, {
      code: 'USAGE',
      suggestions: [`${url}/`],
    });
  return {bucket, keyOf: path => (key.endsWith('/') ? key + basename(path) : key)};
}

import {mkdirSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {startLocalCloud} from '../../src/local/cloud.ts';
import {renderService} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';
import {writeService} from '../../src/scaffold/write-service.ts';
import {
  clientsOf,
  deploy,
  findingsOfAccount,
  findingsOfTemplate,
  told,
  translator,
  withoutPlaceholders,
} from '../e2e/both-sides.ts';
import {repository} from '../e2e/gear.ts';

/** The ingestion service is looked at by `npm test`. */
const others = templates
  .filter(({name}) => name !== 'ingestion')
  .flatMap(({name, queues}) =>
    (queues.length === 0 ? [undefined] : queues).map(queue => ({
      name,
      queue,
      title: [name, queue ?? []].flat().join(' on '),
    })),
  );

test.each(others)('$title has the same findings as what is deployed of it', async ({name, queue}) => {
  const service = join(repository, '.test', `same-findings-${name}-${queue}-${process.pid}`);
  mkdirSync(join(repository, '.test'), {recursive: true});
  const cloud = await startLocalCloud();
  try {
    await writeService(
      service,
      await renderService({
        template: name,
        language: 'typescript',
        name: 'orders',
        ...(queue === undefined ? {} : {queue}),
      }),
    );
    const path = join(service, 'template.yaml');
    await deploy(cloud, 'orders-stack', path);
    const asWritten = await translator(await clientsOf(cloud).cloudFormation(), 'orders-stack', cloud);
    expect(told(await findingsOfAccount(cloud), asWritten)).toEqual(
      told(await findingsOfTemplate(path), withoutPlaceholders),
    );
  } finally {
    await cloud.close();
    rmSync(service, {recursive: true, force: true});
  }
});

import {readFileSync} from 'node:fs';
import {expect, it} from 'vitest';
import {parse} from 'yaml';
import {renderService} from '../../src/scaffold/render-service.ts';
import {templates} from '../../src/scaffold/templates.ts';

const render = (name: string) => renderService({template: 'ingestion', language: 'typescript', name});

it('gives the service its name, everywhere', async () => {
  const files = await render('orders');
  expect(files.filter(({contents}) => contents.includes('gear-service-name'))).toEqual([]);
  const text = (path: string) => files.find(file => file.path === path)?.contents ?? '';
  expect(parse(text('gear.yaml'))).toEqual({service: 'orders', stack: 'orders', template: 'template.yaml'});
  expect(JSON.parse(text('package.json'))).toMatchObject({name: 'orders'});
  expect(text('README.md')).toMatch(/^# orders\n/);
});

it('turns _gitignore into .gitignore', async () => {
  const paths = (await render('orders')).map(({path}) => path);
  expect(paths).toContain('.gitignore');
  expect(paths).toContain('.github/workflows/ci.yml');
  expect(paths).not.toContain('_gitignore');
});

it('renders the same bytes each time', async () => {
  expect(await render('orders')).toEqual(await render('orders'));
});

it('pins the versions that gear itself is tested with', async () => {
  const rendered = JSON.parse((await render('orders')).find(({path}) => path === 'package.json')!.contents);
  const own = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const versions = {...own.dependencies, ...own.devDependencies, [own.name]: own.version};
  for (const [name, version] of Object.entries({...rendered.dependencies, ...rendered.devDependencies}))
    expect([name, versions[name]?.replace('^', '')]).toEqual([name, version]);
});

it('puts what belongs to the chosen queue beside what all of them share, and leaves out the others', async () => {
  const {queues} = templates.find(({name}) => name === 'orchestration')!;
  for (const queue of queues) {
    const service = {template: 'orchestration', language: 'typescript', queue, name: 'orders'};
    const paths = (await renderService(service)).map(({path}) => path);
    expect(paths.filter(path => path.includes('_queue'))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toEqual(expect.arrayContaining(['template.yaml', 'README.md', 'src/functions/process/handler.ts']));
  }
});

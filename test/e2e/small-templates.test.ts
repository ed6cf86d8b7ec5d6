import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {templates} from '../../src/scaffold/templates.ts';
import {driveOf} from '../drives/index.ts';
import {LegacySystem} from '../drives/legacy-system.ts';
import {openStage} from '../drives/stage.ts';
import {ServiceUnderTest} from './service.ts';

/** Those without a test file of their own. Also what they are in Python is driven, by test/matrix/matrix.test.ts. */
const small = templates.filter(({name}) => name !== 'ingestion' && name !== 'orchestration');

describe.each(small)('the $name service on the embedded AWS', ({name}) => {
  const service = new ServiceUnderTest('typescript', {template: name});
  beforeAll(async () => {
    await service.create();
    expect(await service.deploy()).toMatchObject({changed: true, status: 'CREATE_COMPLETE'});
  });
  afterAll(() => service.remove());

  test('brings what is good and what fails to its end, with every statement used and nothing denied', async () => {
    const connection = await service.connection();
    await driveOf(name)(openStage({connection, outputs: service.outputs, legacy: new LegacySystem()}));
    expect(await service.usage()).toEqual({functions: 1, unused: [], denied: []});
  });
});

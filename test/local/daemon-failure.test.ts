import {expect, test} from 'vitest';
import {GearError} from '../../src/errors.ts';
import {failureLine, readFailure} from '../../src/local/daemon-failure.ts';

const own = failureLine(new GearError('Port 1 is in use', {code: 'PORT', suggestions: ['--port 0']}));

test('what the daemon says of itself is what the user reads', () => {
  expect(readFailure(`before\n${own}`, 'ended', 'log')).toMatchObject({message: 'Port 1 is in use', code: 'PORT'});
});

test('where it did not come to the end of saying it, the last lines stand as they are', () => {
  expect(readFailure(own.slice(0, -9), 'ended with SIGKILL', 'log')).toMatchObject({
    code: 'LOCAL_NOT_STARTED',
    message: expect.stringContaining('it ended with SIGKILL\n  Error: {"code":"PORT"'),
  });
});

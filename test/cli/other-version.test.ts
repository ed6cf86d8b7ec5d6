import {expect, it} from 'vitest';
import {noteOtherVersion} from '../../src/cli/other-version.ts';
import {gearVersion} from '../../src/local/gear-version.ts';

it('says when the embedded AWS that runs was started by another version of gear', async () => {
  const notes: string[] = [];
  await noteOtherVersion({version: gearVersion()}, text => notes.push(text));
  expect(notes).toEqual([]);
  await noteOtherVersion({version: '0.0.1'}, text => notes.push(text));
  expect(notes).toEqual([expect.stringMatching(/is of gear 0\.0\.1, and this is gear .*: gear local stop/)]);
});

// The legacy system on a developer's machine: `npm run legacy`, and the default of LegacyUrl is here.
import {createLegacySystem} from './system.ts';

const port = 8099;

createLegacySystem(line => console.log(line)).listen(port, '127.0.0.1', () => {
  console.log(`The legacy system's stand-in listens on http://127.0.0.1:${port}`);
});

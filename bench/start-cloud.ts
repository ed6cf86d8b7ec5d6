// The embedded AWS as a process of its own, for the measurement of its start.
import {startLocalCloud} from '../src/local/cloud.ts';

await startLocalCloud({port: Number(process.argv[2])});

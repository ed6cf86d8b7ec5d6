import {execa} from 'execa';
import {compare, type Figure} from './figure.ts';
import {type Subject, time} from './measure.ts';
import {hasMoto, type Peer, startDynalite, startGear, startMoto} from './peers.ts';

/** From the start of the process until it answers. */
export async function start(): Promise<Figure[]> {
  const node: Subject = {name: 'node -e 0', measure: () => time(() => execa(process.execPath, ['-e', '0']))};
  const moto = (await hasMoto()) ? subject('moto_server', startMoto) : undefined;
  return compare('gear local, start until ready', 'ms', subject('gear local', startGear), [
    node,
    subject('dynalite', startDynalite),
    moto,
  ]);
}

function subject(name: string, begin: () => Promise<Peer | undefined>): Subject {
  return {
    name,
    async measure() {
      const peer = (await begin())!;
      await peer.close();
      return peer.startMilliseconds;
    },
  };
}

import {Chalk, type ChalkInstance, supportsColor, supportsColorStderr} from 'chalk';

/** Colours for one stream: none when it is not a terminal, or when NO_COLOR is set. */
export type Paint = Pick<ChalkInstance, 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan' | 'magenta'>;

export function paintFor(stream: 'stdout' | 'stderr'): Paint {
  const support = stream === 'stdout' ? supportsColor : supportsColorStderr;
  const level = process.env.NO_COLOR || !support ? 0 : support.level;
  return new Chalk({level});
}

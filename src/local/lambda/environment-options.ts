import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import type {Disorder} from '../disorder.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import type {Interpreter} from './language.ts';
import type {Reaper} from './reaper.ts';

export interface EnvironmentOptions {
  readonly configuration: FunctionConfiguration;
  readonly interpreter: Interpreter;
  readonly taskRoot: string;
  readonly access: Access;
  /** What log lines are dated by. */
  readonly clock: Clock;
  readonly disorder?: Disorder | undefined;
  /** What the function sees, and its timeouts go by. */
  readonly machineClock: Clock;
  readonly region: string;
  readonly endpoint: string;
  /** Of all environments; this one makes its own in it. */
  readonly folder: string;
  readonly reaper: Reaper;
  /** Log lines that the function's role may not write. */
  readonly onLogsLost: (error: Error) => void;
  /** The handler is loaded. */
  readonly onStarted: () => void;
  readonly onEnded: () => void;
}

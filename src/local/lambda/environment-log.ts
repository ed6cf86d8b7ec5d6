import {randomBytes} from 'node:crypto';
import type {Access} from '../access/access.ts';
import type {Clock} from '../clock.ts';
import {executionRole} from '../services/lambda/execution-role.ts';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import {type PlatformLines, platformLines} from './log-lines.ts';
import {LogTail} from './log-tail.ts';
import {type LogWriter, openLogWriter} from './log-writer.ts';

interface EnvironmentLogOptions {
  readonly configuration: FunctionConfiguration;
  readonly access: Access;
  readonly clock: Clock;
  /** `nodejs:24.1.0`. */
  readonly runtimeVersion: string;
  readonly onLogsLost: (error: Error) => void;
}

/** What an environment and its function write: to the log stream, and to the end of it that an invocation gives back. */
export class EnvironmentLog {
  readonly stream: string;
  readonly #clock: Clock;
  readonly #lines: PlatformLines;
  readonly #writer: LogWriter;
  #tail = new LogTail();

  constructor({configuration, access, clock, runtimeVersion, onLogsLost}: EnvironmentLogOptions) {
    this.#clock = clock;
    this.stream = logStreamName(configuration, clock.now());
    this.#lines = platformLines(configuration, runtimeVersion);
    this.#writer = openLogWriter({
      access,
      caller: executionRole(configuration, {onBehalf: 'lambda'}),
      clock,
      logGroup: configuration.LoggingConfig.LogGroup,
      logStream: this.stream,
      onLost: onLogsLost,
    });
  }

  write(line: string): void {
    this.#writer.write(this.#clock.now(), line);
    this.#tail.add(line);
  }

  /** Lines of Lambda's own, in the function's format. */
  platform(choose: (lines: PlatformLines, time: number) => readonly string[]): void {
    for (const line of choose(this.#lines, this.#clock.now())) this.write(line);
  }

  /** The end of what was written since the last time it was taken. */
  takeTail(): string {
    const {text} = this.#tail;
    this.#tail = new LogTail();
    return text;
  }

  flush(): Promise<void> {
    return this.#writer.flush();
  }
}

/** `2026/01/01/[$LATEST]4f1c...`. */
function logStreamName({FunctionName, Version, LoggingConfig}: FunctionConfiguration, time: number): string {
  const date = new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
  // In a log group that functions may share, the stream says whose it is.
  const prefix = LoggingConfig.LogGroup === `/aws/lambda/${FunctionName}` ? '' : FunctionName;
  return `${date}/${prefix}[${Version}]${randomBytes(16).toString('hex')}`;
}

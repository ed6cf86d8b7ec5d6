/** What runs the handlers of some runtimes: the one thing in which execution environments differ by language. */
export interface Language {
  runs(runtime: string): boolean;
  /** The program for a runtime; throws a ServiceError when this machine has none. */
  interpreter(runtime: string): Promise<Interpreter>;
}

export interface Interpreter {
  /** `Python 3.13.1`, for people. */
  readonly name: string;
  /** `python:3.13.1`, as the log says it. */
  readonly runtimeVersion: string;
  /** Whether it is of the version that the runtime names. */
  readonly exact: boolean;
  /** Its last arguments hold the environment's id, so that a later start can tell what the process is. */
  command(environment: {readonly id: string; readonly memorySize: number}): readonly [string, ...string[]];
}

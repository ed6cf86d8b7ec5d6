import {mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {executionRole} from '../services/lambda/execution-role.ts';
import type {EnvironmentOptions} from './environment-options.ts';
import {environmentVariables} from './environment-variables.ts';
import {type RuntimeProcess, type RuntimeProcessOptions, startRuntimeProcess} from './runtime-process.ts';

interface EnvironmentProcess extends Pick<RuntimeProcessOptions, 'onLine' | 'onMark' | 'onClose'> {
  /** Of the environment. */
  readonly id: string;
  readonly runtimeApi: string;
  readonly logStream: string;
}

const credentialLifetime = 12 * 3600;

/** Starts the runtime of a function, with its variables, credentials of its role and a folder for what is temporary. */
export function startEnvironmentProcess(
  {configuration, interpreter, access, folder, taskRoot, region, endpoint}: EnvironmentOptions,
  {id, runtimeApi, logStream, ...listeners}: EnvironmentProcess,
): RuntimeProcess {
  const temporaryFolder = join(folder, id, 'tmp');
  mkdirSync(temporaryFolder, {recursive: true, mode: 0o700});
  return startRuntimeProcess({
    command: interpreter.command({id, memorySize: configuration.MemorySize}),
    taskRoot,
    variables: environmentVariables({
      configuration,
      region,
      endpoint,
      taskRoot,
      temporaryFolder,
      runtimeApi,
      logStream,
      credentials: access.issueCredentials(executionRole(configuration), credentialLifetime),
    }),
    ...listeners,
  });
}

import {randomBytes} from 'node:crypto';
import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';

/** A log stream of its own for each environment: `2026/01/01/[$LATEST]4f1c...`. */
export function logStreamName({FunctionName, Version, LoggingConfig}: FunctionConfiguration, time: number): string {
  const date = new Date(time).toISOString().slice(0, 10).replaceAll('-', '/');
  // In a log group that functions may share, the stream says whose it is.
  const prefix = LoggingConfig.LogGroup === `/aws/lambda/${FunctionName}` ? '' : FunctionName;
  return `${date}/${prefix}[${Version}]${randomBytes(16).toString('hex')}`;
}

/** The X-Ray header of an invocation, which nobody samples here. */
export function traceId(time: number): string {
  const epoch = Math.floor(time / 1000)
    .toString(16)
    .padStart(8, '0');
  const [root, parent] = [randomBytes(12).toString('hex'), randomBytes(8).toString('hex')];
  return `Root=1-${epoch}-${root};Parent=${parent};Sampled=0`;
}

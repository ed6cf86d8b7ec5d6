import type {FunctionConfiguration} from '../services/lambda/function-configuration.ts';
import {type TraceContext, traceHeader} from './trace-id.ts';

/** How an invocation went, as its report says it. */
interface Report {
  readonly requestId: string;
  readonly status: 'success' | 'error' | 'timeout';
  readonly errorType?: string;
  /** Milliseconds. */
  readonly duration: number;
  /** Of the environment's start, on its first invocation. */
  readonly initDuration?: number;
  readonly maxMemoryUsed: number;
  /** Of an invocation that X-Ray hears of. */
  readonly trace?: TraceContext;
}

/** The lines that Lambda itself writes into a function's log, in the format the function asks for. */
export interface PlatformLines {
  initStart(time: number): readonly string[];
  initFailed(time: number, status: 'error' | 'timeout', errorType: string, duration: number): readonly string[];
  start(time: number, requestId: string): readonly string[];
  /** Why the platform, and not the handler, ended an invocation. */
  fault(time: number, requestId: string, message: string): readonly string[];
  end(time: number, report: Report): readonly string[];
}

export function platformLines(configuration: FunctionConfiguration, runtimeVersion: string): PlatformLines {
  const lines = configuration.LoggingConfig.LogFormat === 'JSON' ? jsonLines : textLines;
  return lines(configuration, runtimeVersion);
}

function textLines({Version, MemorySize}: FunctionConfiguration, runtimeVersion: string): PlatformLines {
  return {
    initStart: () => [`INIT_START Runtime Version: ${runtimeVersion}`],
    initFailed: (_, status, errorType, duration) => [
      `INIT_REPORT Init Duration: ${duration.toFixed(2)} ms\tPhase: init\tStatus: ${status}\tError Type: ${errorType}`,
    ],
    start: (_, requestId) => [`START RequestId: ${requestId} Version: ${Version}`],
    fault: (time, requestId, message) => [
      message.startsWith('Task timed out')
        ? `${new Date(time).toISOString()} ${requestId} ${message}`
        : `RequestId: ${requestId} Error: ${message}`,
    ],
    end: (_, report) => [
      `END RequestId: ${report.requestId}`,
      [
        `REPORT RequestId: ${report.requestId}`,
        `Duration: ${report.duration.toFixed(2)} ms`,
        `Billed Duration: ${billed(report)} ms`,
        `Memory Size: ${MemorySize} MB`,
        `Max Memory Used: ${report.maxMemoryUsed} MB`,
        ...(report.initDuration === undefined ? [] : [`Init Duration: ${report.initDuration.toFixed(2)} ms`]),
        ...(report.status === 'success' ? [] : [`Status: ${report.status}`]),
        ...(report.errorType === undefined ? [] : [`Error Type: ${report.errorType}`]),
      ].join('\t'),
      ...(report.trace === undefined
        ? []
        : [`XRAY TraceId: ${report.trace.traceId}\tSegmentId: ${report.trace.segmentId}\tSampled: true`]),
    ],
  };
}

const systemLevels = ['DEBUG', 'INFO', 'WARN'];

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html */
function jsonLines(
  {FunctionName, FunctionArn, Version, MemorySize, LoggingConfig}: FunctionConfiguration,
  runtimeVersion: string,
): PlatformLines {
  const least = systemLevels.indexOf(LoggingConfig.SystemLogLevel ?? 'INFO');
  const event = (level: string, time: number, type: string, record: object): readonly string[] =>
    systemLevels.indexOf(level) < least ? [] : [JSON.stringify({time: new Date(time).toISOString(), type, record})];
  return {
    initStart: time =>
      event('INFO', time, 'platform.initStart', {
        initializationType: 'on-demand',
        phase: 'init',
        runtimeVersion,
        functionName: FunctionName,
        functionVersion: Version,
      }),
    initFailed: (time, status, errorType, duration) =>
      event('WARN', time, 'platform.initReport', {
        initializationType: 'on-demand',
        phase: 'init',
        status,
        errorType,
        metrics: {durationMs: milliseconds(duration)},
      }),
    start: (time, requestId) =>
      event('INFO', time, 'platform.start', {requestId, functionArn: FunctionArn, version: Version}),
    fault: (time, requestId, message) => [
      JSON.stringify({timestamp: new Date(time).toISOString(), level: 'ERROR', message, requestId}),
    ],
    end(time, {requestId, status, errorType, duration, initDuration, maxMemoryUsed, trace}) {
      const level = status === 'success' ? 'INFO' : 'WARN';
      const outcome = {
        status,
        ...(errorType !== undefined && {errorType}),
        ...(trace !== undefined && {
          tracing: {spanId: trace.segmentId, type: 'X-Amzn-Trace-Id', value: traceHeader(trace)},
        }),
      };
      return [
        ...event(level === 'INFO' ? 'DEBUG' : level, time, 'platform.runtimeDone', {
          requestId,
          ...outcome,
          metrics: {durationMs: milliseconds(duration)},
        }),
        ...event(level, time, 'platform.report', {
          requestId,
          metrics: {
            durationMs: milliseconds(duration),
            billedDurationMs: billed({duration, ...(initDuration !== undefined && {initDuration})}),
            memorySizeMB: MemorySize,
            maxMemoryUsedMB: maxMemoryUsed,
            ...(initDuration !== undefined && {initDurationMs: milliseconds(initDuration)}),
          },
          ...outcome,
        }),
      ];
    },
  };
}

/** The start of an environment has been billed with its first invocation since August 2025. */
function billed({duration, initDuration = 0}: {duration: number; initDuration?: number}): number {
  return Math.ceil(duration + initDuration);
}

function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000;
}

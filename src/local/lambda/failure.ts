/** What an invocation answers when not the handler but the platform says that it failed. */
export function failure(errorType: string, errorMessage: string) {
  return {status: 'error' as const, errorType, payload: Buffer.from(JSON.stringify({errorType, errorMessage}))};
}

/** Of an error that the runtime reported. */
export function errorTypeOf(error: Buffer): string {
  try {
    return String((JSON.parse(error.toString()) as {errorType?: unknown}).errorType ?? 'Unhandled');
  } catch {
    return 'Unhandled';
  }
}

/** The sentence in which Lambda tells how a runtime ended. */
export function describeExit(code: number | null, signal: NodeJS.Signals | null): string {
  const names: Partial<Record<NodeJS.Signals, string>> = {
    SIGKILL: 'killed',
    SIGABRT: 'aborted',
    SIGSEGV: 'segmentation fault',
    SIGTERM: 'terminated',
  };
  if (signal !== null) return `Runtime exited with error: signal: ${names[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

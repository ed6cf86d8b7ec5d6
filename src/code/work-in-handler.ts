import type {HandlerCode, WorkPlace} from './handler-code.ts';

/**
 * What each invocation does again, by the handler itself and by the functions of its file that it calls. Only what is
 * certain: nothing under a condition, nothing that could be kept for the next invocation, nothing that depends on the
 * event. Undefined where the code cannot be read, or has no such handler.
 */
export async function workInHandler(code: HandlerCode): Promise<readonly WorkPlace[] | undefined> {
  // A bundle of megabytes is no source that anybody would mend by line and column.
  if (code.text.length > 1_000_000) return undefined;
  if (/\.py$/.test(code.file)) return (await import('./python/python-work.ts')).pythonWork(code);
  if (/\.[cm]?[jt]sx?$/.test(code.file)) return (await import('./javascript/javascript-work.ts')).javascriptWork(code);
  return undefined;
}

import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** Lambda would only say at the first invocation that it cannot find the handler. */
export function requireExport({handler, entry, where}: LocalFunction, exports: readonly string[]): void {
  if (handler === undefined) return;
  const dot = handler.lastIndexOf('.');
  const wanted = handler.slice(dot + 1);
  const suggestions = exports.includes('handler') ? ['Handler: index.handler'] : [];
  if (handler.slice(0, dot) !== 'index')
    throw new GearError(`${where}: Handler ${handler} names no module of the package, which is index.mjs`, {
      code: 'BUNDLE_FAILED',
      suggestions,
    });
  if (!exports.includes(wanted))
    throw new GearError(`${where}: Handler ${handler}, and ${entry} exports no ${wanted}`, {
      code: 'BUNDLE_FAILED',
      suggestions,
    });
}

import {GearError} from '../errors.ts';
import type {LocalFunction} from './local-functions.ts';

/** Lambda would only say at the first invocation that it cannot find the handler. */
export function requireExport({handler, entry, where}: LocalFunction, exports: readonly string[]): void {
  if (handler === undefined) return;
  // `index.api.handler` is the member `handler` of the export `api`.
  const [module = '', wanted = ''] = handler.split('.');
  const suggestions = exports.includes('handler') ? ['Handler: index.handler'] : [];
  if (module !== 'index' || wanted === '')
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

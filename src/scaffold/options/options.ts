import type {ServiceOption} from './option.ts';
import {permissionsBoundary} from './permissions-boundary.ts';
import {tracing} from './tracing.ts';

/** In the order in which they are applied. */
export const options: readonly ServiceOption[] = [tracing, permissionsBoundary];

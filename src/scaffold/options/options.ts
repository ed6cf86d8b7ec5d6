import {keepWarm} from './keep-warm.ts';
import type {ServiceOption} from './option.ts';
import {permissionsBoundary} from './permissions-boundary.ts';
import {tracing} from './tracing.ts';
import {vpc} from './vpc.ts';

/** In the order in which they are applied. */
export const options: readonly ServiceOption[] = [tracing, vpc, permissionsBoundary, keepWarm];

import {canary} from './canary.ts';
import {keepWarm} from './keep-warm.ts';
import type {ServiceOption} from './option.ts';
import {permissionsBoundary} from './permissions-boundary.ts';
import {tracing} from './tracing.ts';
import {vpc} from './vpc.ts';

/** In the order in which they are applied: what is pinged is the alias, where there is one. */
export const options: readonly ServiceOption[] = [tracing, vpc, canary, permissionsBoundary, keepWarm];

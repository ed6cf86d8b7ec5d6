import {auditRoads} from './audit-roads.ts';
import {cloudRoads} from './cloud-roads.ts';
import {otherRoads} from './other-roads.ts';
import type {Road} from './road.ts';
import {serviceRoads} from './service-roads.ts';
import {toldRoads} from './told-roads.ts';

export const roads: readonly Road[] = [...auditRoads, ...serviceRoads, ...toldRoads, ...cloudRoads, ...otherRoads];

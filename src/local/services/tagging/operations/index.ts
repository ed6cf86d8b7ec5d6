import {getResources} from './get-resources.ts';

export const operations = [getResources];

import {list, required, string, structure} from '../../shape.ts';

export const dimensions = list(structure({Name: required(string), Value: required(string)}));

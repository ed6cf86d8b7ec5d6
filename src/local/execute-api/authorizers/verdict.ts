import type {ApiAnswer} from '../../http-api.ts';
import type {Authorization} from '../exchange.ts';

/** What an authorizer says: who may go on, or what is answered instead. */
export type Verdict = {readonly authorization: Authorization} | {readonly refusal: ApiAnswer};

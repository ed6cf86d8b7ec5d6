import type {HandlerWork, HandlerWorkKind} from '../model/handler-work.ts';
import type {LambdaFunction} from '../model/lambda-function.ts';
import type {Detection} from './define-rule.ts';

/** A finding for each piece of work of a kind, at its line of the handler. Code that cannot be read has none. */
export function handlerWorkOf(
  {handlerWork = []}: LambdaFunction,
  kind: HandlerWorkKind,
  message: (work: HandlerWork) => string,
): readonly Detection[] {
  return handlerWork
    .filter(work => work.kind === kind)
    .map((work, index, same) => ({
      message: work.place === undefined ? message(work) : `${message(work)} (${work.place})`,
      origin: work.origin,
      evidence: {code: work.what},
      // The same words may stand in two functions of the file; lines move.
      key: `${work.what} ${same.slice(0, index).filter(({what}) => what === work.what).length}`,
    }));
}

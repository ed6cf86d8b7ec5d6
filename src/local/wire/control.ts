import type {WireAnswer} from './protocols/protocol.ts';
import {parameter, type WireRequest} from './request.ts';
import {sameText} from './sigv4.ts';

/** What gear itself asks of a running cloud, beside AWS's operations. */
export interface Control {
  /** Known to whoever can read `cloud.json`. */
  readonly token: string;
  health(): unknown;
  /** Of one function by its name or logical ID, or of all. */
  usage(functionName: string | undefined): unknown;
  /** Authorisation decisions after a position. */
  decisions(after: number | undefined): unknown;
  time(): unknown;
  /** Puts the clock forward by so many milliseconds. */
  forward(milliseconds: number): Promise<void>;
  stop(): void;
}

const prefix = '/_gear/';

export function isControl(request: WireRequest): boolean {
  return request.path.startsWith(prefix);
}

export async function answerControl(request: WireRequest, control: Control): Promise<WireAnswer> {
  const token = request.headers['x-gear-token'];
  if (typeof token !== 'string' || !sameText(token, control.token))
    return json(403, {message: 'The x-gear-token header is missing or not that of this gear local'});
  switch (`${request.method} ${request.path.slice(prefix.length)}`) {
    case 'GET health':
      return json(200, await control.health());
    case 'GET usage':
      return json(200, await control.usage(parameter(request, 'function')));
    case 'GET decisions': {
      const after = parameter(request, 'after');
      return json(200, await control.decisions(after === undefined ? undefined : Number(after)));
    }
    case 'GET time':
      return json(200, control.time());
    case 'POST time': {
      const forward = Number(parameter(request, 'forward'));
      if (!(forward > 0)) return json(400, {message: 'forward must be a number of milliseconds above 0'});
      await control.forward(forward);
      return json(200, control.time());
    }
    case 'POST stop':
      control.stop();
      return json(202, {stopping: true});
    default:
      return json(404, {message: `${request.method} ${request.path} is not known`});
  }
}

function json(status: number, document: unknown): WireAnswer {
  return {status, headers: {'content-type': 'application/json'}, body: JSON.stringify(document)};
}

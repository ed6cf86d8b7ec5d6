import {createServer, type Server} from 'node:http';

/**
 * What stands in for the legacy system. An order with the remark "reject" is refused, one with "down" is never answered
 * well, and "twice" fails two times.
 */
export function createLegacySystem(log: (line: string) => void = () => {}): Server {
  const seen = new Map<string, number>();
  return createServer(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const {EXT_REF = '', REMARK = ''} = JSON.parse(Buffer.concat(chunks).toString() || '{}');
    const times = (seen.get(EXT_REF) ?? 0) + 1;
    seen.set(EXT_REF, times);
    const status = REMARK === 'reject' ? 422 : REMARK === 'down' || (REMARK === 'twice' && times <= 2) ? 503 : 200;
    log(`${status} ${request.headers['x-correlation-id']} ${EXT_REF} (${times})`);
    const body = status === 200 ? {reference: `L-${EXT_REF.slice(0, 8)}`} : {error: REMARK};
    response.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
  });
}

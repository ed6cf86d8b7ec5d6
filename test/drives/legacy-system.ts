import {createServer, type Server} from 'node:http';
import type {AddressInfo} from 'node:net';

/** Stands in for the system behind the queue: what it does with an order is said in the order's remark. */
export class LegacySystem {
  readonly #server: Server;
  /** Orders by their reference, each time they came. */
  readonly orders = new Map<string, Record<string, unknown>[]>();
  /** What was done for a reference: the order by its idempotency key, however often it came. */
  readonly effects = new Map<string, Map<string, string>>();
  readonly credentials = new Set<string>();
  /** Until then it answers no order whose remark is `wait`. */
  held: Promise<void> | undefined;
  /** Then also orders whose remark is `down` are taken. */
  isMended = false;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const order = JSON.parse(Buffer.concat(chunks).toString()) as {EXT_REF: string; REMARK: string};
      const times = [
        ...(this.orders.get(order.EXT_REF) ?? []),
        {...order, correlation: request.headers['x-correlation-id']},
      ];
      this.orders.set(order.EXT_REF, times);
      this.credentials.add(String(request.headers.authorization));
      if (order.REMARK === 'wait') await this.held;
      const status = this.isMended ? 200 : statusOf(order.REMARK, times.length);
      if (status === 200) this.#place(order, String(request.headers['idempotency-key']));
      response
        .writeHead(status, {'content-type': 'application/json'})
        .end(JSON.stringify(status === 200 ? {reference: `L-${order.EXT_REF}`} : {error: order.REMARK}));
    });
  }

  #place(order: {readonly EXT_REF: string}, key: string): void {
    const effects = this.effects.get(order.EXT_REF) ?? new Map<string, string>();
    this.effects.set(order.EXT_REF, effects.set(key, JSON.stringify(order)));
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/orders`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }
}

function statusOf(remark: string, times: number): number {
  if (remark === 'reject') return 422;
  return remark === 'down' || (remark === 'twice' && times <= 2) ? 503 : 200;
}

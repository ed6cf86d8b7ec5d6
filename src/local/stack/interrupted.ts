/** The engine closes while a resource waits for something: it is left as it is, and the next start goes on. */
export class Interrupted extends Error {
  constructor() {
    super('gear local is stopping');
  }
}

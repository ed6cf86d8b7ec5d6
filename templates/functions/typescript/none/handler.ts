/** What the caller sends, and what it gets. */
export interface Request {
  readonly name: string;
}

export interface Answer {
  readonly greeting: string;
}

export async function handler({name}: Request): Promise<Answer> {
  if (typeof name !== 'string' || name === '') throw new Error('The request has no name');
  return {greeting: `Hello ${name}`};
}

import type {AttributeValue} from 'aws-lambda';

export interface PlacedOrder {
  readonly id: string;
  readonly address: string;
}

/** Reads the new image of an order, and says what is missing in one that cannot be shipped. */
export function readOrder(image: Readonly<Record<string, AttributeValue>>): PlacedOrder {
  const id = image.id?.S;
  const address = image.address?.S;
  if (id === undefined) throw malformed('it has no id');
  if (address === undefined || address === '') throw malformed('it has no address');
  return {id, address};
}

function malformed(reason: string): Error {
  return Object.assign(new Error(`The order cannot be shipped: ${reason}`), {name: 'Malformed'});
}

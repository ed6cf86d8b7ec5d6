import type {SqsRecord} from './sqs-records.ts';

/**
 * A message's record as filters see it. The body counts as the JSON it holds; a pattern for fields of a body that
 * holds none does not fit, nor does a pattern for text when it is JSON.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs-filtering.html
 */
export function filteredForm(record: SqsRecord): object {
  return {...record, body: bodyOf(record.body)};
}

function bodyOf(body: string): unknown {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null ? parsed : body;
  } catch {
    return body;
  }
}

import type {TemplateResource} from './resources.ts';

/** `Orders/Ingest/ServiceRole` for `Orders/Ingest/ServiceRole/Resource`: the last part is the same for all. */
export function readConstructs(resources: readonly TemplateResource[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    resources.flatMap(({logicalId, metadata}) => {
      const path = metadata.at('aws:cdk:path').text();
      return typeof path === 'string' ? [[logicalId, path.replace(/\/Resource$/, '')]] : [];
    }),
  );
}

import {readFileSync} from 'node:fs';

/** One service as `data/iam/<prefix>.json` holds it, written by scripts/iam-data.ts. */
export interface ServiceData {
  /** `GetObject` -> `R,object,accesspointobject`: access level, then resource types; a star marks a required one. */
  readonly actions: Readonly<Record<string, string>>;
  /** Resource type -> ARN with a star for every variable part. */
  readonly resourceTypes: Readonly<Record<string, string>>;
}

interface ServiceCatalogue {
  readonly resourceTypes: ReadonlyMap<string, string>;
  /** By name in lower case. */
  readonly actions: ReadonlyMap<string, CatalogueAction>;
}

export interface CatalogueAction {
  readonly name: string;
  readonly level: string;
  readonly types: readonly {readonly name: string; readonly required: boolean}[];
}

// Read on demand and kept: the data cannot change while gear runs, and most runs need a handful of 456 services.
let index: {readonly date: string; readonly services: ReadonlySet<string>} | undefined;
const catalogues = new Map<string, ServiceCatalogue>();

export function catalogueIndex(): {readonly date: string; readonly services: ReadonlySet<string>} {
  if (index === undefined) {
    const {date, services} = read<{date: string; services: string[]}>('index');
    index = {date, services: new Set(services)};
  }
  return index;
}

/** Undefined for a prefix that no service has. */
export function serviceCatalogue(prefix: string): ServiceCatalogue | undefined {
  const name = prefix.toLowerCase();
  if (!catalogueIndex().services.has(name)) return undefined;
  let catalogue = catalogues.get(name);
  if (catalogue === undefined) {
    catalogue = unpack(read<ServiceData>(name));
    catalogues.set(name, catalogue);
  }
  return catalogue;
}

function unpack({actions, resourceTypes}: ServiceData): ServiceCatalogue {
  return {
    resourceTypes: new Map(Object.entries(resourceTypes)),
    actions: new Map(
      Object.entries(actions).map(([name, packed]) => {
        const [level = '', ...types] = packed.split(',');
        const unpacked = types.map(type => ({name: type.replace(/\*$/, ''), required: type.endsWith('*')}));
        return [name.toLowerCase(), {name, level, types: unpacked}];
      }),
    ),
  };
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../data/iam/${name}.json`, import.meta.url), 'utf8')) as T;
}

import {basename} from 'node:path';

/** `serverless.yml`, `serverless.prod.yaml`, `serverless.ts`: the names that the framework, and people, give it. */
export function isServerlessFile(file: string): boolean {
  return /^serverless([.-][\w-]+)?\.(ya?ml|json|[cm]?[jt]s)$/.test(basename(file));
}

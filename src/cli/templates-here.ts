import {relative} from 'node:path';
import {GearError} from '../errors.ts';
import {findServices} from '../project/find-services.ts';
import {type Project, readProject} from '../project/read-project.ts';
import {repositoryRoot} from '../project/repository.ts';

/** Of the service in this folder, or of those below it; none where there are none, as an account may be audited from anywhere. */
export function templatesHere(): readonly string[] {
  const services = servicesOr(() => [readProject('.')]) ?? servicesOr(below) ?? [];
  return services.map(({template}) => relative(process.cwd(), template));
}

/** Outside of a repository there may be a whole disk. */
function below(): readonly Project[] {
  return repositoryRoot('.') === undefined ? [] : findServices('.');
}

function servicesOr(read: () => readonly Project[]): readonly Project[] | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof GearError) return undefined;
    throw error;
  }
}

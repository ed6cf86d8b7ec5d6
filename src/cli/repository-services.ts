import {GearError} from '../errors.ts';
import {findServices} from '../project/find-services.ts';
import type {Project} from '../project/read-project.ts';

/** What `--all` is about: the services below a folder, of which there is at least one. */
export function repositoryServices(folder: string, stage: string | undefined): readonly Project[] {
  const all = findServices(folder, stage);
  if (all.length > 0) return all;
  throw new GearError(
    `${folder === '.' ? 'This folder' : folder} has no service: no folder with a gear.yaml and a template`,
    {code: 'NO_SERVICES', suggestions: ['gear new service orders']},
  );
}

import {appendLines} from '../../cloudformation/append-lines.ts';
import type {Template} from '../../cloudformation/parse.ts';
import {listAlarms} from '../dashboard-alarms.ts';
import {permissionRows} from '../permission-rows.ts';
import {changeResource} from '../permission-table.ts';
import {canaryChapter} from './canary-chapter.ts';
import {canaryResources, deploymentActions, namesOf} from './canary-resources.ts';
import {addChapter, describePermissions, editFiles, editTemplate, readTemplate} from './edit-draft.ts';
import {functionsOf, type ServiceFunction} from './functions-of.ts';
import {heading} from './heading.ts';
import type {ServiceDraft, ServiceOption} from './option.ts';
import {pointAtAlias} from './point-at-alias.ts';

/** Each function is called through an alias, which CodeDeploy moves to a new version step by step. */
export const canary: ServiceOption = {
  name: 'canary',
  summary: 'A new version gets a tenth of the calls first',
  apply(service) {
    const functions = functionsOf(readTemplate(service));
    const shifted = editTemplate(service, template => withDeployments(template, functions));
    const described = describePermissions(
      withChangedRows(shifted, readTemplate(service)),
      functions.flatMap(fn => {
        const {alarm, policy} = namesOf(fn);
        return [
          {
            role: policy,
            statement: 'ShiftTraffic',
            actions: deploymentActions.shift,
            resource: fn.id,
            why: `CodeDeploy moves the alias of ${fn.name}`,
          },
          {
            role: policy,
            statement: 'ReadAlarm',
            actions: deploymentActions.watch,
            resource: alarm,
            why: 'It goes back when the alarm goes off',
          },
        ];
      }),
    );
    return addChapter(described, 'A new version', canaryChapter(functions));
  },
};

/** Who may call a function may now call its alias, and the README says so. */
function withChangedRows(service: ServiceDraft, before: Template): ServiceDraft {
  const known = new Set(permissionRows(before).map(row => JSON.stringify(row)));
  const changed = permissionRows(readTemplate(service)).filter(row => !known.has(JSON.stringify(row)));
  return editFiles(service, ['README.md'], readme => changed.reduce(changeResource, readme));
}

function withDeployments(template: Template, functions: readonly ServiceFunction[]): Template {
  const pointed = functions.reduce(
    (edited, fn) => pointAtAlias(edited, {id: fn.id, alias: namesOf(fn).alias, aliasName: 'live'}),
    template,
  );
  const lines = ['', heading('the deployments'), '', ...canaryResources(functions)];
  // A line of the list for each function; the last one added comes first.
  return functions.reduceRight(
    (edited, fn) => listAlarms(edited, [namesOf(fn).alarm]),
    appendLines(pointed, ['Resources'], lines),
  );
}

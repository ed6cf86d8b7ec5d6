import type {Sections} from '../../cloudformation/sections.ts';
import {isUnresolved, type Resolvable} from '../../model/resolvable.ts';
import type {Grant} from './grant.ts';
import {arnIn, type Place} from './place.ts';

/** What CloudFormation looks up in the caller's name: dynamic references, and parameters whose values SSM keeps. */
export function referenceGrants(
  sections: Sections,
  parameters: Readonly<Record<string, Resolvable<string>>>,
  place: Place,
): readonly Grant[] {
  const text = JSON.stringify([...sections.resources.values()].map(({properties}) => properties));
  const found = [...text.matchAll(/\{\{resolve:(ssm|ssm-secure|secretsmanager):((?:[^:}]|\$\{[^}]*\})+)/g)];
  const named = (kind: RegExp) => found.filter(([, service = '']) => kind.test(service)).map(([, , name = '']) => name);
  const looked = [...sections.parameters].flatMap(([name, {type, default: value}]) =>
    type.startsWith('AWS::SSM::Parameter::Value') ? [namedParameter(parameters[name] ?? value)] : [],
  );
  const ssm = [...named(/^ssm/), ...looked].map(name =>
    arnIn(place, 'ssm', `parameter/${pattern(name).replace(/^\//, '')}`),
  );
  const secrets = named(/^secretsmanager$/).map(name => arnIn(place, 'secretsmanager', `secret:${pattern(name)}*`));
  return [
    grant(
      'ResolveParameters',
      ['ssm:GetParameter', 'ssm:GetParameters'],
      ssm,
      'values that the template takes from Parameter Store',
    ),
    grant(
      'ResolveSecrets',
      ['secretsmanager:GetSecretValue'],
      secrets,
      'values that the template takes from Secrets Manager',
    ),
  ].filter(({resources}) => resources.length > 0);
}

/** Any, where nobody can tell which. */
function namedParameter(name: Resolvable<string> = '*'): string {
  return isUnresolved(name) ? '*' : name;
}

/** A name in which something is put together is a pattern. */
function pattern(name: string): string {
  return name.replaceAll(/\$\{[^}]*\}/g, '*');
}

function grant(group: string, actions: readonly string[], resources: readonly string[], why: string): Grant {
  return {group, actions, resources: [...new Set(resources)], why};
}

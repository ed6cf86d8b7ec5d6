import type {Template} from '../cloudformation/parse.ts';
import {lineOf} from './template-resources.ts';

/** A line of the table "What each role may do" in a service's README. */
export interface PermissionRow {
  readonly role: string;
  readonly statement: string;
  readonly actions: readonly string[];
  readonly resource: string;
  readonly why: string;
}

/** One for each statement of a block's roles; the reason is the comment above the statement. */
export function permissionRows(block: Template): readonly PermissionRow[] {
  const lines = block.text.split('\n');
  const roles = Object.entries(block.body.Resources as Record<string, Role>).filter(
    ([, {Type}]) => Type === 'AWS::IAM::Role',
  );
  return roles.flatMap(([id, {Properties}]) =>
    Properties.Policies.flatMap(({PolicyName, PolicyDocument}, policy) =>
      PolicyDocument.Statement.map(({Sid, Action, Resource}, index) => {
        const path = ['Resources', id, 'Properties', 'Policies', policy, 'PolicyDocument', 'Statement', index];
        const above = lines[lineOf(block, path) - 2] ?? '';
        return {
          role: PolicyName,
          statement: Sid,
          actions: Action,
          resource: shownResource(Resource),
          why: /^ *# (.*?)\.?$/.exec(above)?.[1] ?? '',
        };
      }),
    ),
  );
}

interface Role {
  readonly Type: string;
  readonly Properties: {
    readonly Policies: readonly {
      readonly PolicyName: string;
      readonly PolicyDocument: {
        readonly Statement: readonly {
          readonly Sid: string;
          readonly Action: readonly string[];
          readonly Resource: ResourceName;
        }[];
      };
    }[];
  };
}

type ResourceName =
  | string
  | {readonly 'Fn::GetAtt': readonly string[]}
  | {readonly 'Fn::Sub': string}
  | {readonly Ref: string}
  | readonly ResourceName[];

function shownResource(resource: ResourceName): string {
  if (typeof resource === 'string') return resource;
  if (isList(resource)) return resource.map(shownResource).join(', ');
  if ('Ref' in resource) return resource.Ref;
  if ('Fn::Sub' in resource) return resource['Fn::Sub'].replace(/\$\{(\w+)\.Arn\}/, '$1');
  return resource['Fn::GetAtt'].join('.').replace(/\.Arn$/, '');
}

function isList(resource: object): resource is readonly ResourceName[] {
  return Array.isArray(resource);
}

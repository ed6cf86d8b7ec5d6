import type {Template} from '../../cloudformation/parse.ts';
import type {Resolvable} from '../../model/resolvable.ts';
import {requireKnownParameters} from '../known-parameters.ts';
import type {NestedTemplate} from '../nested-templates.ts';
import type {Grant} from './grant.ts';
import {arnIn, globalArn, type Place} from './place.ts';
import type {Purpose} from './purpose.ts';
import {purposeGrants} from './purpose-grants.ts';
import {referenceGrants} from './reference-grants.ts';
import {resourceGrants} from './resource-grants.ts';
import {documentOf, largestPolicy, type PrintedDocument, sizeOf, splitStatements} from './split-policy.ts';
import {bucketGrants, bucketStackGrants, readArtifactsGrant, stackGrants, uploadGrants} from './stack-grants.ts';
import {plannedStacks} from './stacks.ts';
import {type ExplainedStatement, statementsOf} from './statements.ts';

export interface DeployerPolicyOptions {
  readonly template: Template;
  /** The templates of its nested stacks, as far as they lie on this machine. */
  readonly nested?: readonly NestedTemplate[];
  readonly service: string;
  readonly place: Place;
  readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  /** The role that CloudFormation takes, by name or ARN; without one it acts with the rights of whoever deploys. */
  readonly executionRole?: string | undefined;
  /** Somebody else has made the artefact bucket. */
  readonly bucketExists: boolean;
  /** What the policy is for; to deploy unless said. */
  readonly purposes?: readonly Purpose[];
}

export interface PrintedPolicy {
  /** `deployer`, `execution`; with a number where one managed policy cannot hold it. */
  readonly name: string;
  readonly document: PrintedDocument;
  readonly statements: readonly ExplainedStatement[];
  readonly characters: number;
}

export interface DeployerPolicies {
  readonly policies: readonly PrintedPolicy[];
  /** Who may assume the execution role. */
  readonly trust?: object;
  readonly notes: readonly string[];
}

/** The smallest policy with which this service can be deployed and changed by gear, or what else it is for. */
export function deployerPolicies(options: DeployerPolicyOptions): DeployerPolicies {
  const {template, nested = [], service, place, parameters, bucketExists, purposes = ['deploy']} = options;
  requireKnownParameters(template, parameters);
  const planned = plannedStacks(template, nested, parameters, place);
  const stacks = planned.map(({arn}) => arn);
  const resources = planned.flatMap(each => each.resources);
  const deploys = purposes.includes('deploy');
  const others = purposes.filter(purpose => purpose !== 'deploy');
  const own = [
    ...(deploys ? [...stackGrants(stacks), ...uploadGrants(service, place)] : []),
    ...(deploys && !bucketExists ? bucketStackGrants(place) : []),
    ...others.flatMap(purpose => purposeGrants[purpose]({service, place, stacks, resources})),
  ];
  const made = deploys
    ? [
        readArtifactsGrant(service, place, '*'),
        ...planned.flatMap(each => referenceGrants(each.sections, each.parameters, each.place)),
        ...resources.flatMap(resource => resourceGrants(resource)),
        ...(bucketExists ? [] : bucketGrants(place)),
      ]
    : purposes.includes('destroy')
      ? resources.flatMap(resource => resourceGrants(resource, 'destroy'))
      : [];
  const roles = resources.filter(({type}) => type === 'AWS::IAM::Role');
  const unbounded = roles.filter(({properties}) => properties.PermissionsBoundary === undefined);
  const role = options.executionRole && roleArn(options.executionRole, place);
  const policies =
    role === undefined || role === ''
      ? printed('deployer', [...own, ...made])
      : [
          ...printed('deployer', [
            ...own,
            ...(deploys ? [readArtifactsGrant(service, place, 'template/*'), passExecutionRole(role)] : []),
          ]),
          ...printed('execution', made),
        ];
  return {
    policies,
    ...(role ? {trust: executionTrust(place, stacks, bucketExists)} : {}),
    notes: [...splitNotes(policies), ...(deploys ? escalationNotes(unbounded.length, roles.length) : [])],
  };
}

function roleArn(name: string, place: Place): string {
  return name.startsWith('arn:') ? name : globalArn(place, 'iam', `role/${name}`);
}

function passExecutionRole(role: string): Grant {
  return {
    group: 'PassExecutionRole',
    actions: ['iam:PassRole'],
    resources: [role],
    condition: {StringEquals: {'iam:PassedToService': 'cloudformation.amazonaws.com'}},
    why: 'CloudFormation acts as this role',
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cross-service-confused-deputy-prevention.html */
function executionTrust(place: Place, stacks: readonly string[], bucketExists: boolean): object {
  const own = bucketExists ? [] : [arnIn(place, 'cloudformation', 'stack/gear-artifacts/*')];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: {Service: 'cloudformation.amazonaws.com'},
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: {'aws:SourceAccount': place.account},
          ArnLike: {'aws:SourceArn': [...stacks, ...own]},
        },
      },
    ],
  };
}

function printed(name: string, grants: readonly Grant[]): readonly PrintedPolicy[] {
  const portions = splitStatements(statementsOf(grants));
  return portions.map((statements: readonly ExplainedStatement[], index) => {
    const document = documentOf(statements);
    const characters = sizeOf(document);
    return {name: portions.length === 1 ? name : `${name}-${index + 1}`, document, statements, characters};
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const mostAttached = 10;

function splitNotes(policies: readonly PrintedPolicy[]): readonly string[] {
  const parts = policies.filter(({name}) => /-\d+$/.test(name));
  if (parts.length === 0) return [];
  const names = parts.map(({name}) => name).join(', ');
  const quota = parts.length > mostAttached ? ` A role takes ${mostAttached} of them, unless its quota is raised.` : '';
  return [
    `A managed policy takes ${largestPolicy} characters, so there are ${parts.length}: ${names}. The role needs them all.${quota}`,
  ];
}

/** Whoever may write a role's policy and give the role to a function can do all that the policy may say. */
function escalationNotes(unbounded: number, all: number): readonly string[] {
  if (unbounded === 0) return [];
  return [
    `${unbounded === all ? 'The roles of the template have' : `${unbounded} of ${all} roles of the template have`} no permissions boundary, so whoever deploys can give them any permission. A boundary ends that: deploy with one, and give it here as a parameter.`,
  ];
}

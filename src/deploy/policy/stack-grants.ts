import {parseTemplate} from '../../cloudformation/parse.ts';
import {readSections} from '../../cloudformation/sections.ts';
import {artifactBucketName, artifactStack, artifactTemplate} from '../artifact-bucket.ts';
import {deployedResources} from './deployed-resources.ts';
import type {Grant} from './grant.ts';
import {arnIn, bucketArn, type Place} from './place.ts';
import {resourceGrants} from './resource-grants.ts';

const stackArn = (place: Place, name: string) => arnIn(place, 'cloudformation', `stack/${name}/*`);
const inCloudFormation = (...names: readonly string[]) => names.map(name => `cloudformation:${name}`);
const changeSets = inCloudFormation(
  'CreateChangeSet',
  'DeleteChangeSet',
  'DeleteStack',
  'DescribeChangeSet',
  'DescribeStackEvents',
  'DescribeStacks',
  'ExecuteChangeSet',
);

/**
 * What gear itself calls on the stack of the service and those nested in it: what is deployed and what waits is compared and reviewed, an
 * update is called off, and a rollback that got stuck goes on.
 */
export function stackGrants(stacks: readonly string[]): readonly Grant[] {
  const actions = [
    ...changeSets,
    ...inCloudFormation(
      'CancelUpdateStack',
      'ContinueUpdateRollback',
      'DescribeEvents',
      'GetTemplate',
      'ListChangeSets',
    ),
  ];
  const why = 'the stack, its templates, its change sets and its events';
  return [{group: 'Stack', actions, resources: stacks, why}];
}

export function onStack(stacks: readonly string[], names: readonly string[], why: string): Grant {
  return {group: 'Stack', actions: inCloudFormation(...names), resources: stacks, why};
}

/** Finding the artefact bucket and sending packages and the template. */
export function uploadGrants(service: string, place: Place): readonly Grant[] {
  const bucket = bucketArn(place, artifactBucketName(place));
  return [
    {
      group: 'FindArtifacts',
      actions: ['cloudformation:DescribeStacks'],
      resources: [stackArn(place, artifactStack)],
      why: 'the stack of the artefact bucket',
    },
    listArtifactsGrant(service, place, 'packages and templates that are there already are not sent again'),
    {
      group: 'UploadArtifacts',
      actions: ['s3:PutObject'],
      resources: [`${bucket}/${service}/*`],
      why: 'packages and templates of this service',
    },
  ];
}

export function listArtifactsGrant(service: string, place: Place, why: string): Grant {
  return {
    group: 'ListArtifacts',
    actions: ['s3:ListBucket'],
    resources: [bucketArn(place, artifactBucketName(place))],
    condition: {StringLike: {'s3:prefix': `${service}/*`}},
    why,
  };
}

/** CloudFormation reads the template, and Lambda the packages, in the name of whoever deploys. */
export function readArtifactsGrant(service: string, place: Place, part: '*' | 'template/*'): Grant {
  const bucket = bucketArn(place, artifactBucketName(place));
  const why =
    part === '*'
      ? 'CloudFormation reads the template and Lambda the packages in the caller’s name'
      : 'CloudFormation reads the template in the caller’s name';
  return {group: 'ReadArtifacts', actions: ['s3:GetObject'], resources: [`${bucket}/${service}/${part}`], why};
}

/** The first deployment of an account and region makes the artefact bucket, in a stack of its own. */
export function bucketStackGrants(place: Place): readonly Grant[] {
  const resources = [stackArn(place, artifactStack)];
  return [
    {group: 'ArtifactsStack', actions: changeSets, resources, why: 'the first deployment makes the artefact bucket'},
  ];
}

/** What is in that stack. It is kept once it stands; a first creation that fails takes the bucket along. */
export function bucketGrants(place: Place): readonly Grant[] {
  const sections = readSections(parseTemplate(artifactTemplate, `${artifactStack}.yaml`));
  return deployedResources(sections, {}, {...place, stackName: artifactStack})
    .flatMap(resource => resourceGrants(resource))
    .map(grant => ({
      ...grant,
      group: `Artifacts${grant.group}`,
      why: 'the first deployment makes the artefact bucket',
    }));
}

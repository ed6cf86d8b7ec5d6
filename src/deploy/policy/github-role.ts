import type {PrintedPolicy} from './deployer-policy.ts';
import {unlistedAction} from './types/apigateway.ts';

export interface GithubRoleOptions {
  /** `owner/name`. */
  readonly repository: string;
  /** What of the repository may take the role. */
  readonly from: {readonly branch: string} | {readonly environment: string};
  readonly service: string;
  /** For any place: account and region are pseudo parameters in their ARNs. */
  readonly policies: readonly PrintedPolicy[];
}

const issuer = 'token.actions.githubusercontent.com';

/**
 * A template for the role that a workflow of GitHub Actions takes without any key: its tokens are for AWS alone, and of
 * this repository's branch or environment.
 * https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws
 */
export function githubRoleTemplate({repository, from, service, policies}: GithubRoleOptions): object {
  const subject = 'branch' in from ? `ref:refs/heads/${from.branch}` : `environment:${from.environment}`;
  const provider = {'Fn::Sub': `arn:\${AWS::Partition}:iam::\${AWS::AccountId}:oidc-provider/${issuer}`};
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `The role with which GitHub Actions deploys ${service} from ${repository}, ${'branch' in from ? `branch ${from.branch}` : `environment ${from.environment}`}.`,
    Parameters: {
      MakeProvider: {
        Type: 'String',
        Default: 'yes',
        AllowedValues: ['yes', 'no'],
        Description: 'An account has one provider for GitHub. Say no where it is there already.',
      },
    },
    Conditions: {WithProvider: {'Fn::Equals': [{Ref: 'MakeProvider'}, 'yes']}},
    Resources: {
      GithubProvider: {
        Type: 'AWS::IAM::OIDCProvider',
        Condition: 'WithProvider',
        // Other roles may rest on it.
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {Url: `https://${issuer}`, ClientIdList: ['sts.amazonaws.com']},
      },
      DeployerRole: {
        Type: 'AWS::IAM::Role',
        Metadata: ignoring({
          rule: 'iam/privilege-escalation',
          reason: `Deploying makes the roles and functions of ${service}. The trust policy lets nobody take this role but what deploys.`,
        }),
        Properties: {
          Description: `GitHub Actions of ${repository} deploy ${service} with it.`,
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'GithubActions',
                Effect: 'Allow',
                Principal: {Federated: provider},
                Action: 'sts:AssumeRoleWithWebIdentity',
                Condition: {
                  StringEquals: {
                    [`${issuer}:aud`]: 'sts.amazonaws.com',
                    [`${issuer}:sub`]: `repo:${repository}:${subject}`,
                  },
                },
              },
            ],
          },
          ManagedPolicyArns: policies.map((_, index) => ({Ref: `DeployerPolicy${index + 1}`})),
        },
      },
      ...Object.fromEntries(
        policies.map(({document}, index) => [
          `DeployerPolicy${index + 1}`,
          {
            Type: 'AWS::IAM::ManagedPolicy',
            ...metadataOf(document),
            Properties: {
              Description: `What deploying ${service} takes, ${index + 1} of ${policies.length}.`,
              PolicyDocument: {...document, Statement: document.Statement.map(substituted)},
            },
          },
        ]),
      ),
    },
    Outputs: {
      RoleArn: {
        Description: 'What aws-actions/configure-aws-credentials takes as role-to-assume.',
        Value: {'Fn::GetAtt': ['DeployerRole', 'Arn']},
      },
    },
  };
}

interface Ignore {
  readonly rule: string;
  readonly reason: string;
}

/** Where the audit looks for it, and prints it. */
function ignoring(...Ignore: readonly Ignore[]): object {
  return {Gear: {Ignore}};
}

/** What the audit, and cfn-lint, would say of a policy that is right. */
function metadataOf(document: PrintedPolicy['document']): object {
  const randomNames = {
    rule: 'iam/wildcard-resource',
    reason: 'Their names are random, so nothing narrower can be said before they exist.',
  };
  const unlisted = {
    rule: 'iam/unknown-action',
    reason: 'CloudFormation’s handlers ask for it; the service authorization reference does not list it yet.',
  };
  const hasUnlisted = document.Statement.some(({Action}) => Action.includes(unlistedAction));
  const ignores = [...(namesAll(document) ? [randomNames] : []), ...(hasUnlisted ? [unlisted] : [])];
  if (ignores.length === 0) return {};
  const ofLint = hasUnlisted ? {'cfn-lint': {config: {ignore_checks: ['W3037']}}} : {};
  return {Metadata: {...ignoring(...ignores), ...ofLint}};
}

/** Identifiers that AWS makes up, such as a key's. */
function namesAll({Statement}: PrintedPolicy['document']): boolean {
  return Statement.some(({Resource}) =>
    Resource.some(resource => /[:/]\*$/.test(resource) && !/:stack\//.test(resource)),
  );
}

/** Account and region are those in which the template is deployed. */
function substituted(value: unknown): unknown {
  if (typeof value === 'string') return /\$\{/.test(value) ? {'Fn::Sub': value} : value;
  if (Array.isArray(value)) return value.map(substituted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, substituted(entry)]));
}

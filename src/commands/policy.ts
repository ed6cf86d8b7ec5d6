import {readFileSync} from 'node:fs';
import {relative} from 'node:path';
import {Args, Flags} from '@oclif/core';
import {accountFlags, parameterFlag, readParameters} from '../cli/flags.ts';
import {GearCommand} from '../cli/gear-command.ts';
import {purposes} from '../deploy/policy/purpose.ts';
import type {PolicyFormat} from '../report/policy.ts';

const {dir: _, ...account} = accountFlags;

export default class Policy extends GearCommand {
  static override summary = 'Print what deploying or auditing takes';
  /** What oclif makes of the flags that depend on each other nobody can read. */
  static override usage = [
    '<%= command.id %> [SERVICE] --deployer [--for WHAT...] [--cfn-role NAME] [FLAGS]',
    '<%= command.id %> [SERVICE] --oidc github --repo OWNER/NAME [--branch NAME | --environment NAME] [FLAGS]',
    '<%= command.id %> --audit [--format FORMAT]',
  ];
  static override description =
    `--deployer prints the smallest policy with which this service can be deployed, changed and deleted by gear: its stack, its packages in the artefact bucket, and, since CloudFormation acts with the rights of whoever deploys, what making each resource of the template takes, on the names that the resources will have. With --cfn-role the second part belongs to a role of CloudFormation's own (gear deploy --role-arn).

The parameters are those that gear.yaml gives, with --stage those of the stage; --parameter stands before them. An output of another service is not known here: a name made of one is a wildcard, and where that will not do, --parameter is asked for.

--oidc github prints a template for the role with which GitHub Actions deploys, without any key: its trust names the repository and the branch or environment. --audit prints what gear audit of an account reads.

--for says what the policy is for, and several may be named: deploy (unless said), also calling an update off and going on with a rollback; destroy, which is deleting the stack and all that is in its buckets, also with --packages, but not --bucket, whose bucket is in no template; drift; hotswap, of a stack that gear.yaml lists as development; and observe, which is what gear status, logs and diff read.

One policy is printed as its document; several stand under their names in one document. --json prints each statement with its reason.`;
  static override examples = [
    {
      description: 'The policy of the one who deploys the service in this folder',
      command: '<%= config.bin %> policy --deployer --account 123456789012 --region eu-central-1',
    },
    {
      description: 'A table of the statements and their reasons',
      command: '<%= config.bin %> policy --deployer --profile dev --format markdown',
    },
    {
      description: 'What a nightly gear drift takes',
      command: '<%= config.bin %> policy --deployer --for drift --profile dev',
    },
    {
      description: 'A role for GitHub Actions',
      command: '<%= config.bin %> policy --oidc github --repo acme/orders --environment prod > github-role.yaml',
    },
  ];
  static override args = {
    service: Args.string({description: 'Folder or template', default: '.'}),
  };
  static override flags = {
    deployer: Flags.boolean({
      description: 'What deploying the service takes',
      exactlyOne: ['deployer', 'audit', 'oidc'],
    }),
    audit: Flags.boolean({description: 'What gear audit of an account takes'}),
    oidc: Flags.option({
      description: 'A template of the role that deploys from there',
      options: ['github'] as const,
      dependsOn: ['repo'],
    })(),
    for: Flags.option({
      description: 'What the policy is for; several with commas',
      options: purposes,
      multiple: true,
      delimiter: ',',
      exclusive: ['audit'],
    })(),
    'cfn-role': Flags.string({
      description: 'CloudFormation takes this role: print its policy and the deployer’s apart',
      helpValue: 'NAME|ARN',
      dependsOn: ['deployer'],
    }),
    'bucket-exists': Flags.boolean({
      description: 'Leave out what making the artefact bucket takes',
      exclusive: ['audit'],
    }),
    repo: Flags.string({description: 'Repository on GitHub', helpValue: 'OWNER/NAME', dependsOn: ['oidc']}),
    branch: Flags.string({
      description: 'Branch that deploys; main unless said',
      helpValue: 'NAME',
      dependsOn: ['oidc'],
      exclusive: ['environment'],
    }),
    environment: Flags.string({
      description: 'Environment of GitHub that deploys, instead of a branch',
      helpValue: 'NAME',
      dependsOn: ['oidc'],
    }),
    stack: Flags.string({
      description: 'Name of the stack; otherwise gear.yaml says, or the folder’s name',
      helpValue: 'NAME',
      exclusive: ['audit'],
    }),
    stage: Flags.string({
      description: 'For the stack of a stage: its name ends in -NAME, and gear.yaml says its parameters',
      exclusive: ['stack', 'audit'],
      helpValue: 'NAME',
    }),
    parameter: parameterFlag,
    format: Flags.option({description: 'Form of the policy', options: ['json', 'yaml', 'markdown'] as const})(),
    account: Flags.string({
      description: 'Account, so that AWS is not asked for it; with --region',
      helpValue: 'NUMBER',
      helpGroup: 'ACCOUNT',
      dependsOn: ['region'],
      exclusive: ['profile', 'endpoint-url', 'oidc', 'audit'],
    }),
    ...account,
  };

  async run(): Promise<void> {
    const {args, flags} = await this.parse(Policy);
    if (flags.audit) return this.#printAuditPolicy(flags.format ?? 'json');
    const {readProject} = await import('../project/read-project.ts');
    const project = readProject(args.service, flags.stage);
    const {settledParameters} = await import('../project/output-reference.ts');
    const {parseTemplate} = await import('../cloudformation/parse.ts');
    const stackName = flags.stack ?? project.stack;
    if (flags.for?.includes('hotswap')) {
      const {requireForDevelopment} = await import('../cli/hotswap.ts');
      await requireForDevelopment(project.folder, stackName, false);
    }
    const {readNestedTemplates} = await import('../deploy/nested-templates.ts');
    const template = parseTemplate(readFileSync(project.template, 'utf8'), relative(process.cwd(), project.template));
    const options = {
      service: project.service,
      template,
      nested: await readNestedTemplates(template),
      parameters: {...settledParameters(project), ...readParameters(flags.parameter ?? [])},
      bucketExists: flags['bucket-exists'],
      ...(flags.for === undefined ? {} : {purposes: flags.for}),
    };
    if (flags.oidc !== undefined) {
      const {githubRole} = await import('../cli/github-role.ts');
      const {template, notes} = githubRole({...options, stackName}, flags);
      for (const text of notes) this.note(text);
      const {templateText} = await import('../report/policy.ts');
      this.result(template, () => templateText(template, flags.format === 'json' ? 'json' : 'yaml'));
      return;
    }
    const {deployerPolicies} = await import('../deploy/policy/deployer-policy.ts');
    const {deploymentPlace} = await import('../cli/deployment-place.ts');
    const place = await deploymentPlace(stackName, {...flags, region: flags.region ?? project.region});
    const {policies, trust, notes} = deployerPolicies({...options, place, executionRole: flags['cfn-role']});
    for (const text of notes) this.note(text);
    const {policyText} = await import('../report/policy.ts');
    this.result({policies, ...(trust && {trust}), notes}, () => policyText(policies, trust, flags.format ?? 'json'));
  }

  async #printAuditPolicy(format: PolicyFormat): Promise<void> {
    const {auditPolicy} = await import('../cli/audit-policy.ts');
    const {policyText} = await import('../report/policy.ts');
    const policy = auditPolicy();
    this.result({policies: [policy]}, () => policyText([policy], undefined, format));
  }
}

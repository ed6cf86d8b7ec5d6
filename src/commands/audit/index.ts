import type {AnyRule} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class Audit extends AuditCommand {
  static override summary = 'Audit templates, or what is deployed, by every rule';

  static override description =
    `Reads CloudFormation and SAM templates, services of the Serverless Framework, or an account, and tells what is wrong, where, why it matters and what to do. What cannot be told is reported as not checked.

A resource of a template can have a rule ignored, with a reason and a last day: Metadata: {Gear: {Ignore: [{rule: iam/wildcard-resource, reason: ..., expires: 2027-03-31}]}}. In serverless.yml that stands under resources.extensions, at the logical ID that the finding names.

${auditExitCodes}`;

  static override examples = [
    {description: 'Audit the service in this folder', command: '<%= config.bin %> <%= command.id %>'},
    {description: 'Audit other templates', command: '<%= config.bin %> <%= command.id %> orders/template.yaml billing'},
    {
      description: 'Audit all services in a folder, as their stage prod',
      command: '<%= config.bin %> <%= command.id %> services --parameter opt:stage=prod',
    },
    {description: 'Audit what is deployed on the embedded AWS', command: '<%= config.bin %> <%= command.id %> --local'},
    {
      description: 'Audit an account, for a pipeline',
      command: '<%= config.bin %> <%= command.id %> --profile dev --region eu-central-1 --format json',
    },
    {
      description: 'Read what a rule is about',
      command: '<%= config.bin %> <%= command.id %> --explain iam/wildcard-resource',
    },
  ];

  protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
    return all;
  }
}

import type {AnyRule} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class Audit extends AuditCommand {
  static override summary = 'Audit templates, or what is deployed, by every rule';

  static override description =
    `Reads CloudFormation and SAM templates, services of the Serverless Framework, plans and states of Terraform (terraform show -json p > plan.json), or an account, and tells what is wrong, where, why it matters and what to do. What cannot be told is reported as not checked. The code of a bundle without a source map shows no rule what it does: that is reported as not judged, and fails nothing without --strict.

A finding is ignored with a reason, and if you like until a last day: in the template by a comment above or behind what it is about (# gear-ignore iam/wildcard-resource until 2027-03-31: REASON) or by the resource's Metadata: {Gear: {Ignore: [{rule, reason, expires}]}}; in gear.yaml by audit: {ignore: [{rule, resource, reason, expires}]}, also for accounts and for the addresses of Terraform. In serverless.yml a comment is about what is written there and what the framework makes of it; the Metadata stands under resources.extensions, at the logical ID that the finding names. gear.yaml sets severities as well: audit: {severity: {vpc/single-subnet: low}}. An ignore without a reason, or that has run out, ignores nothing and is a finding itself.

What gear.yaml gives to a service's template (parameters, and with --stage those of the stage) is what it is audited with; an output of another service is not known here, and what hangs on it is not checked. --parameter stands before them.

--baseline FILE lets pass what was there when the file was written with --update-baseline, and names what is gone since.

An account is asked at most twelve times a second, below what Lambda allows, so that 5,000 functions take some seven minutes: the policy of each is a call. What functions answered is kept for an hour in the user’s own cache, and asked again once a function has a new revision; ^C keeps it too, and the next audit goes on from there. A permission or a destination that was changed within the hour is seen with --no-cache. --quick makes listing calls only and is done in seconds; what takes a call for each function, queue or table is then not checked. --all-regions asks the account which regions it has enabled.

--save FOLDER keeps what the account answered, for nobody else to read and without credentials or the values of environment variables; ^C keeps what was read until then. --from FOLDER audits it again as of that day, with the same findings and without a call. It also takes what the aws CLI printed, under the names of its commands: list-functions.json, account-authorization-details.json, list-event-source-mappings.json, describe-log-groups.json, describe-alarms.json. What is missing is not checked.

--measured runs a query of Logs Insights over the logs of the functions, for most regions one: AWS charges for what it reads, which is said before. p95 of the starts takes the place of the estimated risk; a function without an invocation in that time keeps the estimate.

--unused asks IAM, or the embedded AWS, what each role has used of what its policies allow: three calls for most roles. IAM remembers 400 days, whole services and some of their actions; a role of less than 30 days, and an action that nobody tracks, are not checked.

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
      description: 'Audit an account in all its regions',
      command: '<%= config.bin %> <%= command.id %> --profile dev --all-regions',
    },
    {
      description: 'Measure cold starts in the logs of the last two weeks',
      command: '<%= config.bin %> <%= command.id %> coldstart --account --measured --since 14d',
    },
    {
      description: 'Find what a run on the embedded AWS did not need',
      command: '<%= config.bin %> <%= command.id %> iam --local --unused',
    },
    {
      description: 'Keep what an account answered',
      command:
        '<%= config.bin %> <%= command.id %> --profile dev --region eu-central-1 --region us-east-1 --save answers',
    },
    {
      description: 'Audit it again, without a call',
      command: '<%= config.bin %> <%= command.id %> --from answers',
    },
    {
      description: 'Audit once, and give each reader of a pipeline its own report',
      command: '<%= config.bin %> <%= command.id %> --format github --output sarif:gear.sarif --output junit:gear.xml',
    },
    {
      description: 'Start with what there is: from now on only new findings fail',
      command: '<%= config.bin %> <%= command.id %> . --baseline gear-baseline.json --update-baseline',
    },
    {
      description: 'Show what could be fixed in the templates, and what each fix assumes',
      command: '<%= config.bin %> <%= command.id %> --fix --unsafe --dry-run',
    },
    {
      description: 'Write the gate in front of every merge',
      command: '<%= config.bin %> <%= command.id %> . --baseline gear-baseline.json --init-ci github',
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

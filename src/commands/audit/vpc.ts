import {type AnyRule, groupOf} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class AuditVpc extends AuditCommand {
  static override summary = 'Audit which functions are in a VPC, and why';

  static override description =
    `Functions that are in a VPC without a reason, in one subnet, or without the permissions that it takes.

${auditExitCodes}`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> orders/template.yaml --format json',
    '<%= config.bin %> <%= command.id %> --local',
  ];

  protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
    return all.filter(({id}) => groupOf(id) === 'vpc');
  }
}

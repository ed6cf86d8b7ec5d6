import {type AnyRule, groupOf} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class AuditIam extends AuditCommand {
  static override summary = 'Audit what each role may do';

  static override description = `Wildcards, shared roles, ways to more permissions, trust that is too open.

${auditExitCodes}`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> orders/template.yaml --format json',
    '<%= config.bin %> <%= command.id %> --local',
  ];

  protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
    return all.filter(({id}) => groupOf(id) === 'iam');
  }
}

import {type AnyRule, groupOf} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class AuditColdstart extends AuditCommand {
  static override summary = 'Audit which functions may start slowly';

  static override description =
    `A band of risk with its reasons: runtime, amount of code, memory, and whether somebody waits.

${auditExitCodes}`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> orders/template.yaml --format json',
    '<%= config.bin %> <%= command.id %> --local',
  ];

  protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
    return all.filter(({id}) => groupOf(id) === 'coldstart');
  }
}

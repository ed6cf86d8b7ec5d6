import {type AnyRule, groupOf} from '../../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from '../../cli/audit-command.ts';

export default class AuditSize extends AuditCommand {
  static override summary = 'Audit how large deployment packages are';

  static override description =
    `Packages near or over the limits of Lambda, and what is in them that the function does not run. Code that gear bundles is bundled to be measured.

${auditExitCodes}`;

  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> orders/template.yaml --format json',
    '<%= config.bin %> <%= command.id %> --local',
  ];

  protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
    return all.filter(({id}) => groupOf(id) === 'size');
  }
}

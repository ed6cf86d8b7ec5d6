import {type AnyRule, groupOf} from '../audit/define-rule.ts';
import {AuditCommand, auditExitCodes} from './audit-command.ts';

/** `gear audit GROUP`: the rules of one group, and what its help says of them. */
export function auditGroupCommand(group: string, {summary, about}: {summary: string; about: string}) {
  return class extends AuditCommand {
    static override summary = summary;

    static override description = `${about}\n\n${auditExitCodes}`;

    static override examples = [
      '<%= config.bin %> <%= command.id %>',
      '<%= config.bin %> <%= command.id %> orders/template.yaml --format json',
      '<%= config.bin %> <%= command.id %> --local',
    ];

    protected override rulesOf(all: readonly AnyRule[]): readonly AnyRule[] {
      return all.filter(({id}) => groupOf(id) === group);
    }
  };
}

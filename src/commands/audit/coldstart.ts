import {auditGroupCommand} from '../../cli/audit-group-command.ts';

export default auditGroupCommand('coldstart', {
  summary: 'Audit which functions may start slowly',
  about: 'A band of risk with its reasons: runtime, amount of code, memory, and whether somebody waits.',
});

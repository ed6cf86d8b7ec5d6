import {auditGroupCommand} from '../../cli/audit-group-command.ts';

export default auditGroupCommand('iam', {
  summary: 'Audit what each role may do',
  about: 'Wildcards, shared roles, ways to more permissions, trust that is too open.',
});

import {auditGroupCommand} from '../../cli/audit-group-command.ts';

export default auditGroupCommand('vpc', {
  summary: 'Audit which functions are in a VPC, and why',
  about: 'Functions that are in a VPC without a reason, in one subnet, or without the permissions that it takes.',
});

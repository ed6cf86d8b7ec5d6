import {auditPermissions} from '../inventory/account/permissions.ts';
import type {ReportedPolicy} from '../report/policy.ts';

/** What reading an account takes. Which resources there are is known only afterwards, so each statement is for all. */
export function auditPolicy(): ReportedPolicy {
  const statements = auditPermissions.map(({sid, service, actions, why}) => ({
    statement: {
      Sid: sid,
      Effect: 'Allow' as const,
      Action: actions.map(action => `${service}:${action}`),
      Resource: ['*'],
    },
    why,
  }));
  const document = {Version: '2012-10-17', Statement: statements.map(({statement}) => statement)};
  return {name: 'audit', document, statements};
}

import {defineRule} from '../../define-rule.ts';

export default defineRule({
  id: 'iam/unused-role',
  subject: 'role',
  severity: 'low',
  title: 'A role for Lambda has not been used for a long time',
  why: 'Nobody would notice that it is taken, and whoever may pass it to a function has what it allows.',
  remedy: 'Delete the role; a deployment that still needs it makes it again.',
  since: '0.1.0',
  examples: {
    bad: 'orders-import: last used 2025-03-02, and no function has it',
    good: 'orders-import: last used yesterday',
  },
  reference: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html',
  *check({name, arn, lifetime}, {inventory, today}) {
    if (lifetime === undefined || inventory.functions.some(({role}) => role === arn)) return;
    const since = lifetime.lastUsed ?? lifetime.created;
    const days = Math.floor((Date.parse(today) - Date.parse(since)) / 86_400_000);
    if (days < (lifetime.lastUsed === undefined ? newFor : unusedFor)) return;
    const used = lifetime.lastUsed === undefined ? 'was never used' : `was last used on ${lifetime.lastUsed}`;
    yield {
      message: `${name} ${used}, and no function of this region has it`,
      evidence: {created: lifetime.created, ...(lifetime.lastUsed === undefined ? {} : {lastUsed: lifetime.lastUsed})},
    };
  },
});

/** Days after which a role that nothing has used yet is no longer new. */
const newFor = 30;
const unusedFor = 90;

import {listed} from '../listed.ts';
import type {ServiceFunction} from './functions-of.ts';

/** What the README of a service with canary deployments says about them. */
export function canaryChapter(functions: readonly ServiceFunction[]): string {
  const names = functions.map(({name}) => `\`${name}\``);
  return `
Everything that calls ${listed(names)} calls the alias \`live\`, which stands on a published version. When code or
configuration of a function changed, \`gear deploy\` publishes a version, and CodeDeploy moves the alias to it:

\`\`\`mermaid
flowchart LR
  change[code or configuration changed] --> version[a version is published]
  version --> tenth[alias: 10 % new, 90 % old]
  tenth -- five minutes without an error --> all[alias: 100 % new]
  tenth -- an error behind the alias --> back[alias: 100 % old]
  back --> rollback[the stack is rolled back]
\`\`\`

\`gear deploy\` waits for it, and when it went back exits with 2 and the reason. On this machine, put the clock forward from a second
terminal:

    gear local time +6m

- A version is published exactly when there is something to publish. \`gear deploy\` writes a hash of the package and of the
  function's properties into the \`Description\` of its \`AWS::Lambda::Version\`; deploying again without a change changes nothing.
  Other tools leave the description as it is and publish nothing: deploy this service with \`gear deploy\`.
- Old versions are kept, since the alias may go back to one. They count towards the 75 GB of code that an account may have in a
  region.
- Only the functions are shifted. A new table, a changed queue, another schema of an event is there for both versions at once:
  for five minutes old and new code work side by side, and a rollback sends the old code what the new code has written.
- A tenth of few calls may be none at all: without a call in five minutes, nothing was tried. A first deployment has nothing to go
  back to.
- Five minutes is what the alarm has, and it looks at minutes: an error that shows later is mended by the next deployment.
- Who names a function without \`:live\` reaches its latest code, whatever the alias says, and a destination for failures of
  asynchronous calls is the alias’s alone. \`gear invoke\` reaches the latest code, too.
- Provisioned concurrency on the alias would need \`lambda:GetProvisionedConcurrencyConfig\` in the role of its deployment group.
- A function that \`gear new function\` adds has no alias: it changes at once when it is deployed.
`;
}

/** What the README of a service that is kept warm says about it. */
export function keepWarmChapter(names: readonly string[]): string {
  const listed = names.map(name => `\`${name}\``).join(', ');
  return `
Every five minutes a schedule sends \`{"gear": "keep-warm"}\` to ${listed}. A file named \`warm\`, beside the handler, answers
it before the handler sees it; everything else goes on to the handler. About 8,700 pings a month for each function cost less than
a cent, and count as its invocations.

What this does, and what it cannot do:

- It keeps one environment. When two requests come at the same time, the second one meets a cold start.
- It does not cover a peak: the environments that a peak needs start cold, as they would without the ping.
- A deployment starts cold, and the ping comes up to five minutes later. Lambda may take an idle environment away whenever it
  likes.

Provisioned concurrency is what keeps a number of environments ready, for a price by the hour. \`gear audit\` says the same as
\`coldstart/keep-warm-ping\`, as information that fails nothing.
`;
}

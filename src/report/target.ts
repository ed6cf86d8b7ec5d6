/** The first line of a command about a stack: what it is going to do, and where. */
export function targetText(
  doing: string,
  stackName: string,
  {account, region, endpoint}: {readonly account: string; readonly region: string; readonly endpoint?: string},
): string {
  return `${doing} ${stackName} in account ${account}, region ${region}, ${endpoint === undefined ? 'AWS' : `endpoint ${endpoint}`}`;
}

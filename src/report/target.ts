interface Place {
  readonly account: string;
  readonly region: string;
  /** Absent at AWS itself. */
  readonly endpoint?: string;
}

/** The first line of a command about a stack: what it is going to do, and where. */
export function targetText(doing: string, stackName: string, place: Place): string {
  return `${doing} ${stackName} in ${placeText(place)}`;
}

export function placeText({account, region, endpoint}: Place): string {
  return `account ${account}, region ${region}, ${endpoint === undefined ? 'AWS' : `endpoint ${endpoint}`}`;
}

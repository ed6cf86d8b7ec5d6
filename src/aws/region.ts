import {GearError} from '../errors.ts';

/** Asked of a host that does not exist, a misspelt region looks like a network that is down. */
export function requireRegion(region: string): void {
  if (pattern.test(region)) return;
  throw new GearError(`${region} is no AWS region`, {code: 'NO_REGION', suggestions: ['--region eu-central-1']});
}

/** Of every partition: us-east-1, us-gov-west-1, us-isob-east-1, cn-north-1, eusc-de-east-1. */
const pattern =
  /^(af|ap|ca|cn|eu|eusc|il|me|mx|sa|us)(-(gov|iso[bef]?|de))?-(central|(north|south)?(east|west)|north|south)-\d{1,2}$/;

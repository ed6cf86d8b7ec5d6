import type {RequestContext} from '../../operation.ts';

type Place = Pick<RequestContext, 'account' | 'region'>;

export function ec2Arn(resource: string, {account, region}: Place): string {
  return `arn:aws:ec2:${region}:${account}:${resource}`;
}

/**
 * What Lambda asks about interfaces that it has not made yet: an allowance of one kind of resource is not enough.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
 */
export function everyInterface(place: Place): string {
  return ec2Arn('*/*', place);
}

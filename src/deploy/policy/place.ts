/** Where a service is going to be deployed: all that the names of its resources depend on, besides the template. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly stackName: string;
}

/** Wherever a template is deployed: for policies that stand in a template themselves. */
export function anyPlace(stackName: string): Place {
  return {account: pseudo('AccountId'), region: pseudo('Region'), stackName};
}

function pseudo(name: string): string {
  return `\${AWS::${name}}`;
}

export function partitionOf(region: string): string {
  if (region === pseudo('Region')) return pseudo('Partition');
  return (
    partitions[
      region
        .split('-')
        .slice(0, region.startsWith('us-') ? 2 : 1)
        .join('-')
    ] ?? 'aws'
  );
}

const partitions: Readonly<Record<string, string>> = {
  cn: 'aws-cn',
  eusc: 'aws-eusc',
  'us-gov': 'aws-us-gov',
  'us-iso': 'aws-iso',
  'us-isob': 'aws-iso-b',
};

export function arnIn({account, region}: Place, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** Of a service whose ARNs name no region. */
export function globalArn({account, region}: Place, service: string, resource: string): string {
  return `arn:${partitionOf(region)}:${service}::${account}:${resource}`;
}

export function bucketArn({region}: Place, bucket: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`;
}

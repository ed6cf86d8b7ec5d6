/**
 * Whether a managed runtime has a package by itself: the AWS SDK with what it is made of.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-sdk-included
 * https://docs.aws.amazon.com/lambda/latest/dg/python-package.html#python-package-dependencies
 */
export function runtimeBrings(runtime: string, packageName: string): boolean {
  return brought.some(([runtimes, packages]) => runtimes.test(runtime) && packages.test(packageName));
}

const brought: readonly (readonly [RegExp, RegExp])[] = [
  [/^nodejs(1[89]|[2-9]\d)/, /^@(aws-sdk|smithy)\//],
  [/^nodejs1[0-6]\./, /^aws-sdk$/],
  [/^python/, /^(boto3|botocore|s3transfer|jmespath|dateutil|urllib3|six\.py)$/],
];

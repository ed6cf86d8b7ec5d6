/** Who publishes layers from an account, where that is known. */
export function layerPublisher(account: string): LayerPublisher | undefined {
  return publishers.find(({accounts}) => accounts.includes(account));
}

interface LayerPublisher {
  readonly name: string;
  /** AWS itself, or one of its projects. */
  readonly isAws: boolean;
  readonly accounts: readonly string[];
}

/** As of 2026-11. */
const publishers: readonly LayerPublisher[] = [
  {
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Lambda-Insights-extension-versions.html
    name: 'CloudWatch Lambda Insights',
    isAws: true,
    accounts: [
      '580247275435',
      ...['012438385374', '033019950311', '122132214140', '158895979263', '194566237122', '285320876703'],
      ...['339249233099', '352183217350', '439286490199', '459530977127', '488211338238', '519774774795'],
      ...['732604637566', '751350123760', '891564319516', '946466191631'],
    ],
  },
  {
    // https://docs.aws.amazon.com/secretsmanager/latest/userguide/retrieving-secrets_lambda.html
    name: 'AWS Parameters and Secrets',
    isAws: true,
    accounts: [
      ...['177933569100', '015030872274', '044395824272', '070087711984', '127562683043', '129776340158'],
      ...['133256977650', '133490724326', '176022468876', '187925254637', '200266452380', '287114880934'],
      ...['287310001119', '317013901791', '325218067255', '345057560386', '427196147048', '490737872127'],
      ...['524103009944', '576959938190', '590474943231', '665172237481', '738900069198', '768336418462'],
      ...['772501565639', '780235371811', '832021897121', '858974508948', '933737806257', '997803712105'],
    ],
  },
  {
    // https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-integration-lambda-extensions-versions.html
    name: 'AWS AppConfig',
    isAws: true,
    accounts: [
      ...['027255383542', '000010852771', '039592058896', '066940009817', '080788657173', '203683718741'],
      ...['282860088358', '307021474294', '359756378197', '381491832265', '418787028745', '421114256042'],
      ...['426221636601', '434848589818', '436199621743', '489524808438', '493207061005', '554480029851'],
      ...['559955524753', '574348263942', '586093569114', '615057806174', '615084187847', '630222743974'],
      ...['631746059939', '646970417810', '662846165436', '706869817123', '728743619870', '730335625313'],
      ...['758369105281', '826293736237', '851725616657', '891376990304', '895787185223', '958113053741'],
      '980059726660',
    ],
  },
  // https://aws-otel.github.io/docs/getting-started/lambda
  {name: 'AWS Distro for OpenTelemetry', isAws: true, accounts: ['615299751070', '901920570463']},
  // https://docs.aws.amazon.com/powertools
  {name: 'Powertools for AWS Lambda', isAws: true, accounts: ['017000801446', '094274105915']},
  // https://aws-sdk-pandas.readthedocs.io/en/stable/layers.html
  {name: 'AWS SDK for pandas', isAws: true, accounts: ['336392948345']},
  // https://awslabs.github.io/aws-lambda-web-adapter
  {name: 'AWS Lambda Web Adapter', isAws: true, accounts: ['753240598075']},
  // https://docs.datadoghq.com/serverless/aws_lambda
  {name: 'Datadog', isAws: false, accounts: ['464622532012']},
  // https://layers.newrelic-external.com
  {name: 'New Relic', isAws: false, accounts: ['451483290750']},
  // https://opentelemetry.io/docs/faas/lambda-auto-instrument
  {name: 'OpenTelemetry', isAws: false, accounts: ['184161586896']},
];

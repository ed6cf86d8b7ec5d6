import {linkTo} from './links.ts';
import {redrivePolicy} from './queues.ts';
import {
  destinationTypes,
  emptyIsAbsent,
  functionLink,
  functionTypes,
  inBlock,
  type Translate,
  type Translation,
} from './translation.ts';

export const permission: Translate = translation => ({
  type: 'AWS::Lambda::Permission',
  properties: {
    FunctionName: functionLink(translation, 'function_name'),
    Action: translation.attributes.at('action').plain(),
    Principal: translation.attributes.at('principal').plain(),
    SourceArn: translation.attributes.at('source_arn').plain(),
    SourceAccount: translation.attributes.at('source_account').plain(),
    FunctionUrlAuthType: translation.attributes.at('function_url_auth_type').plain(),
    PrincipalOrgID: translation.attributes.at('principal_org_id').plain(),
    EventSourceToken: translation.attributes.at('event_source_token').plain(),
    InvokedViaFunctionUrl: translation.attributes.at('invoked_via_function_url').plain(),
    Qualifier: emptyIsAbsent(translation.attributes.at('qualifier').plain()),
  },
});

/** Of a rule and its targets, the targets say what is invoked. */
export const eventTarget: Translate = translation => ({
  type: 'AWS::Events::Rule',
  properties: {Targets: [target(translation, translation.attributes)]},
});

export const schedule: Translate = translation => ({
  type: 'AWS::Scheduler::Schedule',
  properties: {
    ScheduleExpression: translation.attributes.at('schedule_expression').plain(),
    Target: inBlock(translation.attributes.block('target'), block => target(translation, block)),
  },
});

function target({resources, resource}: Translation, block: Translation['attributes']): unknown {
  const deadLetters = block.block('dead_letter_config');
  return {
    Arn: linkTo(block.at('arn'), functionTypes, resources, resource),
    Input: block.at('input').plain(),
    DeadLetterConfig: inBlock(deadLetters, config => ({
      Arn: linkTo(config.at('arn'), destinationTypes, resources, resource),
    })),
  };
}

export const subscription: Translate = translation => ({
  type: 'AWS::SNS::Subscription',
  properties: {
    Protocol: translation.attributes.at('protocol').plain(),
    Endpoint: linkTo(
      translation.attributes.at('endpoint'),
      destinationTypes,
      translation.resources,
      translation.resource,
    ),
    RedrivePolicy: redrivePolicy(translation),
  },
});

/** CloudFormation keeps the notifications of a bucket with the bucket. */
export const bucketNotification: Translate = ({attributes, resources, resource}) => ({
  type: 'AWS::S3::Bucket',
  properties: {
    NotificationConfiguration: {
      LambdaConfigurations: attributes
        .at('lambda_function')
        .items()
        .map(block =>
          inBlock(block, to => ({Function: linkTo(to.at('lambda_function_arn'), functionTypes, resources, resource)})),
        ),
    },
  },
});

export const restIntegration: Translate = translation => ({
  type: 'AWS::ApiGateway::Method',
  properties: {
    Integration: {
      Uri: functionLink(translation, 'uri'),
      TimeoutInMillis: translation.attributes.at('timeout_milliseconds').plain(),
      RequestParameters: translation.attributes.at('request_parameters').plain(),
      ResponseTransferMode: translation.attributes.at('response_transfer_mode').plain(),
    },
  },
});

export const httpIntegration: Translate = translation => ({
  type: 'AWS::ApiGatewayV2::Integration',
  properties: {
    IntegrationUri: functionLink(translation, 'integration_uri'),
  },
});

export const functionUrl: Translate = translation => ({
  type: 'AWS::Lambda::Url',
  properties: {
    TargetFunctionArn: functionLink(translation, 'function_name'),
    AuthType: translation.attributes.at('authorization_type').plain(),
  },
});

export const logSubscription: Translate = translation => ({
  type: 'AWS::Logs::SubscriptionFilter',
  properties: {DestinationArn: functionLink(translation, 'destination_arn')},
});

export const topicRule: Translate = ({attributes, resources, resource}) => ({
  type: 'AWS::IoT::TopicRule',
  properties: {
    TopicRulePayload: {
      Actions: attributes
        .at('lambda')
        .items()
        .map(block => ({Lambda: {FunctionArn: linkTo(block.at('function_arn'), functionTypes, resources, resource)}})),
    },
  },
});

export const receiptRule: Translate = ({attributes, resources, resource}) => ({
  type: 'AWS::SES::ReceiptRule',
  properties: {
    Rule: {
      Actions: attributes
        .at('lambda_action')
        .items()
        .map(block => ({
          LambdaAction: {FunctionArn: linkTo(block.at('function_arn'), functionTypes, resources, resource)},
        })),
    },
  },
});

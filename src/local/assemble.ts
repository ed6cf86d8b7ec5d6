import {type OpenAccess, openAccess} from './access/open-access.ts';
import {type UsageReport, type UsedFunction, usageReport} from './access/usage.ts';
import type {Clock} from './clock.ts';
import {Deliveries} from './deliveries.ts';
import {deployedFunctions, deployedRoles, deployedStacks} from './deployed.ts';
import type {Disorder} from './disorder.ts';
import {startAsyncInvocations} from './events/async-invocations.ts';
import {startDeliveries} from './events/deliver.ts';
import type {OnEventMetric} from './events/event-metric.ts';
import {startEventSourceMappings} from './events/event-source-mappings.ts';
import {startLambdaDeployments} from './events/lambda-deployments.ts';
import {startS3Notifications} from './events/s3-notifications.ts';
import {openExecuteApi} from './execute-api/open-execute-api.ts';
import type {CloudHealth} from './health.ts';
import type {AnswerApi} from './http-api.ts';
import {openInvocationCounts} from './invocation-counts.ts';
import {openRuntime} from './lambda/open-runtime.ts';
import type {Service} from './operation.ts';
import {recordApiMetrics, recordFunctionMetric, startQueueMetrics} from './service-metrics.ts';
import {apigatewayv2Service} from './services/apigatewayv2/service.ts';
import {cloudformationService} from './services/cloudformation/service.ts';
import {cloudwatchService} from './services/cloudwatch/service.ts';
import {codedeployService} from './services/codedeploy/service.ts';
import {dynamodbService} from './services/dynamodb/service.ts';
import {dynamodbStreamsService} from './services/dynamodb/streams-service.ts';
import {ec2Service} from './services/ec2/service.ts';
import {eventbridgeService} from './services/eventbridge/service.ts';
import {iamService} from './services/iam/service.ts';
import {kmsService} from './services/kms/service.ts';
import {lambdaService} from './services/lambda/service.ts';
import {logsService} from './services/logs/service.ts';
import {writeVendedLog} from './services/logs/vended-log.ts';
import {s3Service} from './services/s3/service.ts';
import {schedulerService} from './services/scheduler/service.ts';
import {secretsManagerService} from './services/secretsmanager/service.ts';
import {snsService} from './services/sns/service.ts';
import {sqsService} from './services/sqs/service.ts';
import {ssmService} from './services/ssm/service.ts';
import {stsService} from './services/sts/service.ts';
import {taggingService} from './services/tagging/service.ts';
import {xrayService} from './services/xray/service.ts';
import {startStackEngine} from './stack/engine.ts';
import type {State} from './state.ts';
import {taggedResources} from './tagged-resources.ts';

export interface AssembleOptions {
  readonly state: State;
  readonly clock: Clock;
  /** What goes wrong on purpose. */
  readonly disorder?: Disorder | undefined;
  /** The machine's, where `clock` can be put forward. */
  readonly machineClock?: Clock;
  readonly account: string;
  readonly region: string;
  /** From 0 up to 1: which version an invocation of a weighted alias runs. `Math.random` unless said. */
  readonly chance?: () => number;
  readonly endpoint: () => string;
  log(line: string): void;
}

export interface Assembly {
  readonly services: readonly Service[];
  readonly access: OpenAccess;
  /** What clients of HTTP APIs get. */
  readonly answerApi: AnswerApi;
  usage(functionName?: string): UsageReport;
  /** Invocations under way. */
  running(): number;
  deployed(): Pick<CloudHealth, 'stacks' | 'functions'>;
  /** Starts nothing more by itself; what functions and clients are doing goes on. */
  quiesce(): Promise<void>;
  /** Ends what runs, before the state is closed. */
  close(): Promise<void>;
}

/** Makes the services, access before them and what works between them, and ties them together. */
export function assemble(options: AssembleOptions): Assembly {
  const {log} = options;
  const services = new Map<string, Service>();
  const add = <S extends Service>(service: S): S => {
    services.set(service.name, service);
    return service;
  };
  const {store: identity} = add(iamService({...options, lastUsed: role => access.record.lastUsed(role)}));
  // Made of the services and used by some of them: they are given it as the map it looks into is filled.
  const access: OpenAccess = openAccess({...options, services, identity});
  const deliveries = new Deliveries(options);
  const invocations = openInvocationCounts(options);
  const runtime = openRuntime({
    ...options,
    access: () => access,
    onWarning: log,
    onMetric(metric) {
      const {name, functionName} = metric;
      if (name === 'Invocations') invocations.add(functionName);
      recordFunctionMetric(cloudwatch, metric);
    },
  });
  add(stsService({...options, identity, issueCredentials: access.issueCredentials}));
  const {store: s3} = add(s3Service(options));
  const {store: sqs} = add(sqsService(options));
  const {store: dynamodb} = add(dynamodbService(options));
  add(dynamodbStreamsService(dynamodb));
  const {store: kms} = add(kmsService(options));
  const {store: secrets} = add(secretsManagerService(options));
  const {store: ssm} = add(ssmService(options));
  add(xrayService(options));
  const {store: cloudwatch} = add(cloudwatchService({...options, deliveries}));
  const {store: logs} = add(logsService({...options, onMetric: sample => cloudwatch.record(sample)}));
  const {store: sns} = add(snsService({...options, deliveries}));
  const {store: eventbridge} = add(eventbridgeService({...options, deliveries}));
  const {store: scheduler} = add(schedulerService({...options, deliveries, identity}));
  add(ec2Service());
  const {store: lambda} = add(lambdaService({...options, runtime, identity, allows: access.allows}));
  const {store: apis} = add(apigatewayv2Service(options));
  const answerApi = openExecuteApi({
    ...options,
    store: apis,
    access,
    onMetrics: metrics => recordApiMetrics(cloudwatch, metrics),
    onAccessLog: (group, stream, line) => writeVendedLog(logs, group, stream, line),
    onWarning: log,
  });
  const {store: codedeploy} = add(codedeployService({...options, identity}));
  const {store: cloudformation} = add(cloudformationService({...options, identity}));
  const stores = {
    ...{apis, cloudformation, cloudwatch, codedeploy, dynamodb, eventbridge, kms, lambda, logs},
    ...{s3, scheduler, secrets, sns, sqs, ssm},
  };
  add(taggingService({resources: () => taggedResources(stores, options)}));
  const stacks = startStackEngine({...options, store: cloudformation, access});
  const onMetric: OnEventMetric = (functionName, name, value) =>
    recordFunctionMetric(cloudwatch, {
      name,
      functionName,
      value,
      unit: name === 'IteratorAge' ? 'Milliseconds' : 'Count',
      time: options.clock.now(),
    });
  const events = {...options, access, lambda, onWarning: log, onMetric};
  const notifications = startS3Notifications({...events, outbox: s3.outbox});
  const mappings = startEventSourceMappings({...events, streams: dynamodb.streams});
  const asyncInvocations = startAsyncInvocations(events);
  const deployments = startLambdaDeployments({...events, store: codedeploy});
  const sending = startDeliveries({...events, deliveries});
  const stopQueueMetrics = startQueueMetrics(sqs, cloudwatch, options.clock);
  const functions = () => deployedFunctions(lambda, cloudformation, invocations.of);
  return {
    services: [...services.values()],
    access,
    answerApi,
    usage(wanted) {
      const roles = deployedRoles(identity, cloudformation);
      return usageReport({identity, record: access.record, services, functions: functions(), roles, wanted});
    },
    running: runtime.running,
    deployed: () => ({stacks: deployedStacks(cloudformation), functions: functions().map(shortForm)}),
    async quiesce() {
      stopQueueMetrics();
      await Promise.all([
        notifications.stop(),
        mappings.close(),
        asyncInvocations.close(),
        sending.close(),
        deployments.close(),
        stacks.close(),
      ]);
    },
    async close() {
      await runtime.close();
      invocations.close();
      for (const service of services.values()) await service.close?.();
      access.close();
    },
  };
}

function shortForm({functionName, logicalId, stackName}: UsedFunction): CloudHealth['functions'][number] {
  return {
    name: functionName,
    ...(logicalId === undefined ? {} : {logicalId}),
    ...(stackName === undefined ? {} : {stackName}),
  };
}

import type {AnyRule} from '../define-rule.ts';
import bypassedVersion from './coldstart/bypassed-version.ts';
import clientInHandler from './coldstart/client-in-handler.ts';
import coldStartRisk from './coldstart/cold-start-risk.ts';
import keepWarmPing from './coldstart/keep-warm-ping.ts';
import moduleLoadedInHandler from './coldstart/module-loaded-in-handler.ts';
import smallestMemory from './coldstart/smallest-memory.ts';
import snapstartConflict from './coldstart/snapstart-conflict.ts';
import snapstartOff from './coldstart/snapstart-off.ts';
import deprecatedRuntime from './hygiene/deprecated-runtime.ts';
import duplicateKey from './hygiene/duplicate-key.ts';
import lapsedIgnore from './hygiene/lapsed-ignore.ts';
import layerOfOtherAccount from './hygiene/layer-of-other-account.ts';
import orphanedLogGroup from './hygiene/orphaned-log-group.ts';
import secretInEnvironment from './hygiene/secret-in-environment.ts';
import x86Architecture from './hygiene/x86-architecture.ts';
import assumeRoleAnywhere from './iam/assume-role-anywhere.ts';
import functionUrlWithoutInvoke from './iam/function-url-without-invoke.ts';
import managedFullAccess from './iam/managed-full-access.ts';
import missingPermission from './iam/missing-permission.ts';
import mixedTrust from './iam/mixed-trust.ts';
import notAction from './iam/not-action.ts';
import openFunctionUrl from './iam/open-function-url.ts';
import openInvokePermission from './iam/open-invoke-permission.ts';
import openResourcePolicy from './iam/open-resource-policy.ts';
import openTrust from './iam/open-trust.ts';
import passRoleAnywhere from './iam/pass-role-anywhere.ts';
import privilegeEscalation from './iam/privilege-escalation.ts';
import resourceMismatch from './iam/resource-mismatch.ts';
import sharedRole from './iam/shared-role.ts';
import unconditionedServiceTrust from './iam/unconditioned-service-trust.ts';
import unknownAction from './iam/unknown-action.ts';
import unusedPermission from './iam/unused-permission.ts';
import unusedRole from './iam/unused-role.ts';
import wideInvokePermission from './iam/wide-invoke-permission.ts';
import wildcardAction from './iam/wildcard-action.ts';
import wildcardResource from './iam/wildcard-resource.ts';
import alarmWithoutAction from './observability/alarm-without-action.ts';
import hiddenReports from './observability/hidden-reports.ts';
import logsKeptForever from './observability/logs-kept-forever.ts';
import noDeadLetterAlarm from './observability/no-dead-letter-alarm.ts';
import noErrorAlarm from './observability/no-error-alarm.ts';
import noIteratorAgeAlarm from './observability/no-iterator-age-alarm.ts';
import noThrottleAlarm from './observability/no-throttle-alarm.ts';
import concurrencyAboveReserved from './resilience/concurrency-above-reserved.ts';
import connectionPerInvocation from './resilience/connection-per-invocation.ts';
import endlessStreamRetries from './resilience/endless-stream-retries.ts';
import functionCallsFunction from './resilience/function-calls-function.ts';
import lowMaxReceiveCount from './resilience/low-max-receive-count.ts';
import mismatchedDeadLetterQueue from './resilience/mismatched-dead-letter-queue.ts';
import noFailureDestination from './resilience/no-failure-destination.ts';
import noPartialBatchResponse from './resilience/no-partial-batch-response.ts';
import queueWithoutRedrive from './resilience/queue-without-redrive.ts';
import reservedConcurrencyZero from './resilience/reserved-concurrency-zero.ts';
import shortDeadLetterRetention from './resilience/short-dead-letter-retention.ts';
import shortVisibilityTimeout from './resilience/short-visibility-timeout.ts';
import tableWithoutRecovery from './resilience/table-without-recovery.ts';
import timeoutBeyondCaller from './resilience/timeout-beyond-caller.ts';
import timeoutNotChosen from './resilience/timeout-not-chosen.ts';
import uncachedSecret from './resilience/uncached-secret.ts';
import undeliveredEventsDropped from './resilience/undelivered-events-dropped.ts';
import writesToOwnTrigger from './resilience/writes-to-own-trigger.ts';
import bloatedPackage from './size/bloated-package.ts';
import codeStorageNearlyFull from './size/code-storage-nearly-full.ts';
import environmentTooLarge from './size/environment-too-large.ts';
import foreignBinaries from './size/foreign-binaries.ts';
import packageTooLarge from './size/package-too-large.ts';
import tooManyLayers from './size/too-many-layers.ts';
import fewAddresses from './vpc/few-addresses.ts';
import missingNetworkPermissions from './vpc/missing-network-permissions.ts';
import noWayOut from './vpc/no-way-out.ts';
import oneZone from './vpc/one-zone.ts';
import openSecurityGroup from './vpc/open-security-group.ts';
import singleSubnet from './vpc/single-subnet.ts';
import withoutReason from './vpc/without-reason.ts';

/** Every rule, by group; the order of `--explain`. */
export const rules: readonly AnyRule[] = [
  assumeRoleAnywhere,
  functionUrlWithoutInvoke,
  managedFullAccess,
  missingPermission,
  mixedTrust,
  notAction,
  openFunctionUrl,
  openInvokePermission,
  openResourcePolicy,
  openTrust,
  passRoleAnywhere,
  privilegeEscalation,
  resourceMismatch,
  sharedRole,
  unconditionedServiceTrust,
  unknownAction,
  unusedPermission,
  unusedRole,
  wideInvokePermission,
  wildcardAction,
  wildcardResource,
  missingNetworkPermissions,
  singleSubnet,
  withoutReason,
  noWayOut,
  fewAddresses,
  openSecurityGroup,
  oneZone,
  bloatedPackage,
  codeStorageNearlyFull,
  packageTooLarge,
  tooManyLayers,
  environmentTooLarge,
  foreignBinaries,
  clientInHandler,
  coldStartRisk,
  keepWarmPing,
  snapstartOff,
  bypassedVersion,
  moduleLoadedInHandler,
  smallestMemory,
  snapstartConflict,
  connectionPerInvocation,
  endlessStreamRetries,
  lowMaxReceiveCount,
  noFailureDestination,
  noPartialBatchResponse,
  queueWithoutRedrive,
  shortVisibilityTimeout,
  concurrencyAboveReserved,
  functionCallsFunction,
  mismatchedDeadLetterQueue,
  reservedConcurrencyZero,
  shortDeadLetterRetention,
  tableWithoutRecovery,
  timeoutBeyondCaller,
  timeoutNotChosen,
  uncachedSecret,
  undeliveredEventsDropped,
  writesToOwnTrigger,
  logsKeptForever,
  noErrorAlarm,
  alarmWithoutAction,
  hiddenReports,
  noDeadLetterAlarm,
  noIteratorAgeAlarm,
  noThrottleAlarm,
  deprecatedRuntime,
  duplicateKey,
  lapsedIgnore,
  layerOfOtherAccount,
  orphanedLogGroup,
  secretInEnvironment,
  x86Architecture,
];

import type {Operation} from '../../../operation.ts';
import type {CloudFormationStore} from '../store.ts';
import {cancelUpdateStack} from './cancel-update-stack.ts';
import {continueUpdateRollback} from './continue-update-rollback.ts';
import {createChangeSet} from './create-change-set.ts';
import {createStack} from './create-stack.ts';
import {deleteChangeSet} from './delete-change-set.ts';
import {deleteStack} from './delete-stack.ts';
import {describeChangeSet} from './describe-change-set.ts';
import {describeStackDriftDetectionStatus} from './describe-stack-drift-detection-status.ts';
import {describeStackEvents} from './describe-stack-events.ts';
import {describeStackResource} from './describe-stack-resource.ts';
import {describeStackResourceDrifts} from './describe-stack-resource-drifts.ts';
import {describeStackResources} from './describe-stack-resources.ts';
import {describeStacks} from './describe-stacks.ts';
import {detectStackDrift} from './detect-stack-drift.ts';
import {executeChangeSet} from './execute-change-set.ts';
import {getTemplate} from './get-template.ts';
import {getTemplateSummary} from './get-template-summary.ts';
import {listChangeSets} from './list-change-sets.ts';
import {listExports} from './list-exports.ts';
import {listImports} from './list-imports.ts';
import {listStackResources} from './list-stack-resources.ts';
import {listStacks} from './list-stacks.ts';
import {updateStack} from './update-stack.ts';
import {updateTerminationProtection} from './update-termination-protection.ts';
import {validateTemplate} from './validate-template.ts';

/** Every operation of CloudFormation that gear local carries out; the others are refused by name. */
// biome-ignore lint/suspicious/noExplicitAny: inputs differ per operation, and each checks its own by its shape
export const operations: readonly Operation<CloudFormationStore, any, unknown>[] = [
  cancelUpdateStack,
  continueUpdateRollback,
  createChangeSet,
  createStack,
  deleteChangeSet,
  deleteStack,
  describeChangeSet,
  describeStackDriftDetectionStatus,
  describeStackEvents,
  describeStackResource,
  describeStackResourceDrifts,
  describeStackResources,
  describeStacks,
  detectStackDrift,
  executeChangeSet,
  getTemplateSummary,
  getTemplate,
  listChangeSets,
  listExports,
  listImports,
  listStackResources,
  listStacks,
  updateStack,
  updateTerminationProtection,
  validateTemplate,
];

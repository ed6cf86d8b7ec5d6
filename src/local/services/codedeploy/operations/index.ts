import {createApplication} from './create-application.ts';
import {createDeployment} from './create-deployment.ts';
import {createDeploymentGroup} from './create-deployment-group.ts';
import {deleteApplication} from './delete-application.ts';
import {deleteDeploymentGroup} from './delete-deployment-group.ts';
import {getApplication} from './get-application.ts';
import {getDeployment} from './get-deployment.ts';
import {getDeploymentConfig} from './get-deployment-config.ts';
import {getDeploymentGroup} from './get-deployment-group.ts';
import {getDeploymentTarget} from './get-deployment-target.ts';
import {listApplications} from './list-applications.ts';
import {listDeploymentConfigs} from './list-deployment-configs.ts';
import {listDeploymentGroups} from './list-deployment-groups.ts';
import {listDeploymentTargets} from './list-deployment-targets.ts';
import {listDeployments} from './list-deployments.ts';
import {listTagsForResource} from './list-tags-for-resource.ts';
import {putLifecycleEventHookExecutionStatus} from './put-lifecycle-event-hook-execution-status.ts';
import {stopDeployment} from './stop-deployment.ts';
import {tagResource} from './tag-resource.ts';
import {untagResource} from './untag-resource.ts';
import {updateDeploymentGroup} from './update-deployment-group.ts';

export const operations = [
  createApplication,
  createDeployment,
  createDeploymentGroup,
  deleteApplication,
  deleteDeploymentGroup,
  getApplication,
  getDeployment,
  getDeploymentConfig,
  getDeploymentGroup,
  getDeploymentTarget,
  listApplications,
  listDeploymentConfigs,
  listDeploymentGroups,
  listDeploymentTargets,
  listDeployments,
  listTagsForResource,
  putLifecycleEventHookExecutionStatus,
  stopDeployment,
  tagResource,
  untagResource,
  updateDeploymentGroup,
];

import {addPermission} from './add-permission.ts';
import {createAlias} from './create-alias.ts';
import {createEventSourceMapping} from './create-event-source-mapping.ts';
import {createFunction} from './create-function.ts';
import {deleteAlias} from './delete-alias.ts';
import {deleteEventSourceMapping} from './delete-event-source-mapping.ts';
import {deleteFunction} from './delete-function.ts';
import {deleteFunctionConcurrency} from './delete-function-concurrency.ts';
import {deleteFunctionEventInvokeConfig} from './delete-function-event-invoke-config.ts';
import {getAccountSettings} from './get-account-settings.ts';
import {getAlias} from './get-alias.ts';
import {getEventSourceMapping} from './get-event-source-mapping.ts';
import {getFunction} from './get-function.ts';
import {getFunctionConcurrency} from './get-function-concurrency.ts';
import {getFunctionConfiguration} from './get-function-configuration.ts';
import {getFunctionEventInvokeConfig} from './get-function-event-invoke-config.ts';
import {getPolicy} from './get-policy.ts';
import {invoke} from './invoke.ts';
import {listAliases} from './list-aliases.ts';
import {listEventSourceMappings} from './list-event-source-mappings.ts';
import {listFunctionEventInvokeConfigs} from './list-function-event-invoke-configs.ts';
import {listFunctions} from './list-functions.ts';
import {listTags} from './list-tags.ts';
import {listVersionsByFunction} from './list-versions-by-function.ts';
import {publishVersion} from './publish-version.ts';
import {putFunctionConcurrency} from './put-function-concurrency.ts';
import {putFunctionEventInvokeConfig} from './put-function-event-invoke-config.ts';
import {removePermission} from './remove-permission.ts';
import {tagResource} from './tag-resource.ts';
import {untagResource} from './untag-resource.ts';
import {updateAlias} from './update-alias.ts';
import {updateEventSourceMapping} from './update-event-source-mapping.ts';
import {updateFunctionCode} from './update-function-code.ts';
import {updateFunctionConfiguration} from './update-function-configuration.ts';
import {updateFunctionEventInvokeConfig} from './update-function-event-invoke-config.ts';

export const operations = [
  addPermission,
  createAlias,
  createEventSourceMapping,
  createFunction,
  deleteAlias,
  deleteEventSourceMapping,
  deleteFunctionConcurrency,
  deleteFunctionEventInvokeConfig,
  deleteFunction,
  getAccountSettings,
  getAlias,
  getEventSourceMapping,
  getFunctionConcurrency,
  getFunctionConfiguration,
  getFunctionEventInvokeConfig,
  getFunction,
  getPolicy,
  invoke,
  listAliases,
  listEventSourceMappings,
  listFunctionEventInvokeConfigs,
  listFunctions,
  listTags,
  listVersionsByFunction,
  publishVersion,
  putFunctionConcurrency,
  putFunctionEventInvokeConfig,
  removePermission,
  tagResource,
  untagResource,
  updateAlias,
  updateEventSourceMapping,
  updateFunctionCode,
  updateFunctionConfiguration,
  updateFunctionEventInvokeConfig,
];

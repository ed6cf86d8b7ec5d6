import {addTagsToResource} from './add-tags-to-resource.ts';
import {deleteParameter} from './delete-parameter.ts';
import {deleteParameters} from './delete-parameters.ts';
import {describeParameters} from './describe-parameters.ts';
import {getParameter} from './get-parameter.ts';
import {getParameterHistory} from './get-parameter-history.ts';
import {getParameters} from './get-parameters.ts';
import {getParametersByPath} from './get-parameters-by-path.ts';
import {labelParameterVersion} from './label-parameter-version.ts';
import {listTagsForResource} from './list-tags-for-resource.ts';
import {putParameter} from './put-parameter.ts';
import {removeTagsFromResource} from './remove-tags-from-resource.ts';

export const operations = [
  addTagsToResource,
  deleteParameter,
  deleteParameters,
  describeParameters,
  getParameter,
  getParameterHistory,
  getParameters,
  getParametersByPath,
  labelParameterVersion,
  listTagsForResource,
  putParameter,
  removeTagsFromResource,
];

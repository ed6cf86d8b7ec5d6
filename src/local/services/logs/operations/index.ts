import {createLogGroup} from './create-log-group.ts';
import {createLogStream} from './create-log-stream.ts';
import {deleteLogGroup} from './delete-log-group.ts';
import {deleteLogStream} from './delete-log-stream.ts';
import {deleteMetricFilter} from './delete-metric-filter.ts';
import {deleteRetentionPolicy} from './delete-retention-policy.ts';
import {describeLogGroups} from './describe-log-groups.ts';
import {describeLogStreams} from './describe-log-streams.ts';
import {describeMetricFilters} from './describe-metric-filters.ts';
import {filterLogEvents} from './filter-log-events.ts';
import {getLogEvents} from './get-log-events.ts';
import {getQueryResults} from './get-query-results.ts';
import {listTagsForResource} from './list-tags-for-resource.ts';
import {putLogEvents} from './put-log-events.ts';
import {putMetricFilter} from './put-metric-filter.ts';
import {putRetentionPolicy} from './put-retention-policy.ts';
import {startQuery} from './start-query.ts';
import {stopQuery} from './stop-query.ts';
import {tagResource} from './tag-resource.ts';
import {testMetricFilter} from './test-metric-filter.ts';
import {untagResource} from './untag-resource.ts';

export const operations = [
  createLogGroup,
  createLogStream,
  deleteLogGroup,
  deleteLogStream,
  deleteMetricFilter,
  deleteRetentionPolicy,
  describeLogGroups,
  describeLogStreams,
  describeMetricFilters,
  filterLogEvents,
  getLogEvents,
  getQueryResults,
  listTagsForResource,
  putLogEvents,
  putMetricFilter,
  putRetentionPolicy,
  startQuery,
  stopQuery,
  tagResource,
  testMetricFilter,
  untagResource,
];

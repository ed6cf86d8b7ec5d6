import {batchGetItem} from './batch-get-item.ts';
import {batchWriteItem} from './batch-write-item.ts';
import {createTable} from './create-table.ts';
import {deleteItem} from './delete-item.ts';
import {deleteTable} from './delete-table.ts';
import {describeContinuousBackups} from './describe-continuous-backups.ts';
import {describeTable} from './describe-table.ts';
import {describeTimeToLive} from './describe-time-to-live.ts';
import {getItem} from './get-item.ts';
import {listTables} from './list-tables.ts';
import {listTagsOfResource} from './list-tags-of-resource.ts';
import {putItem} from './put-item.ts';
import {query} from './query.ts';
import {scan} from './scan.ts';
import {tagResource} from './tag-resource.ts';
import {transactGetItems} from './transact-get-items.ts';
import {transactWriteItems} from './transact-write-items.ts';
import {untagResource} from './untag-resource.ts';
import {updateContinuousBackups} from './update-continuous-backups.ts';
import {updateItem} from './update-item.ts';
import {updateTable} from './update-table.ts';
import {updateTimeToLive} from './update-time-to-live.ts';

export const operations = [
  batchGetItem,
  batchWriteItem,
  createTable,
  deleteItem,
  deleteTable,
  describeContinuousBackups,
  describeTable,
  describeTimeToLive,
  getItem,
  listTables,
  listTagsOfResource,
  putItem,
  query,
  scan,
  tagResource,
  transactGetItems,
  transactWriteItems,
  untagResource,
  updateContinuousBackups,
  updateItem,
  updateTable,
  updateTimeToLive,
];

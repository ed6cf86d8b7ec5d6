import {addPermission} from './add-permission.ts';
import {createTopic} from './create-topic.ts';
import {deleteTopic} from './delete-topic.ts';
import {getSubscriptionAttributes} from './get-subscription-attributes.ts';
import {getTopicAttributes} from './get-topic-attributes.ts';
import {listSubscriptions} from './list-subscriptions.ts';
import {listSubscriptionsByTopic} from './list-subscriptions-by-topic.ts';
import {listTagsForResource} from './list-tags-for-resource.ts';
import {listTopics} from './list-topics.ts';
import {publish} from './publish.ts';
import {publishBatch} from './publish-batch.ts';
import {removePermission} from './remove-permission.ts';
import {setSubscriptionAttributes} from './set-subscription-attributes.ts';
import {setTopicAttributes} from './set-topic-attributes.ts';
import {subscribe} from './subscribe.ts';
import {tagResource} from './tag-resource.ts';
import {unsubscribe} from './unsubscribe.ts';
import {untagResource} from './untag-resource.ts';

export const operations = [
  addPermission,
  createTopic,
  deleteTopic,
  getSubscriptionAttributes,
  getTopicAttributes,
  listSubscriptions,
  listSubscriptionsByTopic,
  listTagsForResource,
  listTopics,
  publish,
  publishBatch,
  removePermission,
  setSubscriptionAttributes,
  setTopicAttributes,
  subscribe,
  tagResource,
  unsubscribe,
  untagResource,
];

import {operationOf} from '../../../operation.ts';
import {boolean, list, required, string, structure} from '../../../shape.ts';
import {checkedConfigurations, tryDestinations} from '../notification-configuration.ts';
import {onBucket} from '../permissions.ts';
import type {S3Store} from '../store.ts';

export const putBucketNotificationConfiguration = operationOf<S3Store>()({
  name: 'PutBucketNotificationConfiguration',
  input: structure({
    Bucket: required(string),
    SkipDestinationValidation: boolean,
    NotificationConfiguration: required(
      structure({
        QueueConfiguration: list(
          structure({
            Id: string,
            Queue: required(string),
            Event: required(list(string)),
            Filter: structure({
              S3Key: structure({FilterRule: list(structure({Name: required(string), Value: required(string)}))}),
            }),
          }),
        ),
      }),
    ),
    ExpectedBucketOwner: string,
  }),
  http: {
    method: 'PUT',
    path: '/{Bucket}?notification',
    headers: {
      SkipDestinationValidation: 'x-amz-skip-destination-validation',
      ExpectedBucketOwner: 'x-amz-expected-bucket-owner',
    },
    payload: 'NotificationConfiguration',
  },
  permissions: input => onBucket('PutBucketNotification', input),
  /** Topics, functions and EventBridge are no destinations here yet, and refused by their elements' names. */
  async run(input, context, store) {
    const bucket = store.bucketOf(input);
    const configurations = checkedConfigurations(input.NotificationConfiguration.QueueConfiguration ?? []);
    if (!input.SkipDestinationValidation) await tryDestinations(context, bucket.name, configurations);
    const current = store.bucketOf(input);
    store.saveBucket({...current, notification: {QueueConfiguration: configurations}});
  },
});

/** Where an error's code in the Query protocol is another than its name: the SDKs of today still show it. */
export const queryErrorCodes: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cloudwatch: {
    DashboardInvalidInputError: 'InvalidParameterInput',
    DashboardNotFoundError: 'ResourceNotFound',
    InternalServiceFault: 'InternalServiceError',
    InvalidFormatFault: 'InvalidFormat',
    InvalidParameterCombinationException: 'InvalidParameterCombination',
    InvalidParameterValueException: 'InvalidParameterValue',
    LimitExceededFault: 'LimitExceeded',
    MissingRequiredParameterException: 'MissingParameter',
  },
  sqs: {
    BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
    BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
    EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
    InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
    PurgeQueueInProgress: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    QueueDeletedRecently: 'AWS.SimpleQueueService.QueueDeletedRecently',
    QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
    QueueNameExists: 'QueueAlreadyExists',
    TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
  },
};

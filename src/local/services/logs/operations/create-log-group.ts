import {operationOf} from '../../../operation.ts';
import {notImplemented, ServiceError} from '../../../service-error.ts';
import {boolean, map, required, string, structure} from '../../../shape.ts';
import {groupArn, onGroup, onTags} from '../arns.ts';
import {checkGroupName} from '../checks.ts';
import type {LogsStore} from '../store.ts';

/** `kmsKeyId` is refused by name. */
export const createLogGroup = operationOf<LogsStore>()({
  name: 'CreateLogGroup',
  input: structure({
    logGroupName: required(string),
    tags: map(string),
    logGroupClass: string,
    deletionProtectionEnabled: boolean,
  }),
  permissions: ({logGroupName, tags = {}}, context) => [
    onGroup('CreateLogGroup', logGroupName, context),
    ...(Object.keys(tags).length > 0 ? [onTags('TagResource', groupArn(logGroupName, context), context)] : []),
  ],
  run({logGroupName: name, tags = {}, logGroupClass = 'STANDARD', deletionProtectionEnabled = false}, {clock}, store) {
    checkGroupName(name);
    if (logGroupClass !== 'STANDARD') throw notImplemented(`CloudWatch Logs logGroupClass ${logGroupClass}`);
    if (store.groups.has(name))
      throw new ServiceError('ResourceAlreadyExistsException', 'The specified log group already exists');
    store.groups.set(name, {name, creationTime: clock.now(), deletionProtectionEnabled, tags});
    return {};
  },
});

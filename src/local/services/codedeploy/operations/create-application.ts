import {operationOf} from '../../../operation.ts';
import {notImplemented} from '../../../service-error.ts';
import {required, string, structure} from '../../../shape.ts';
import {exception} from '../errors.ts';
import type {CodedeployStore} from '../store.ts';
import {tagList, tagsOf} from '../tags.ts';

export const createApplication = operationOf<CodedeployStore>()({
  name: 'CreateApplication',
  input: structure({applicationName: required(string), computePlatform: string, tags: tagList}),
  permissions: ({applicationName}, _context, store) => [
    {action: 'codedeploy:CreateApplication', resource: store.applicationArn(applicationName)},
  ],
  run({applicationName, computePlatform = 'Server', tags}, _context, store) {
    if (computePlatform !== 'Lambda') throw notImplemented(`the compute platform ${computePlatform}: only Lambda`);
    if (!/^[\w+=,.@-]{1,100}$/.test(applicationName))
      throw exception('InvalidApplicationName', `The application name ${applicationName} is not valid.`);
    if (store.applications.has(applicationName))
      throw exception('ApplicationAlreadyExists', `Application already exists with name: ${applicationName}`);
    const applicationId = store.newId();
    store.applications.set(applicationName, {
      applicationId,
      applicationName,
      createTime: store.now(),
      tags: tagsOf(tags),
    });
    return {applicationId};
  },
});

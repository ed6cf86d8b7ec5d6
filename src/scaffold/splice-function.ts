import {insertEntries} from '../cloudformation/insert-entries.ts';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import {GearError} from '../errors.ts';
import {addNotification, type Notification, notificationToPaste} from './bucket-notification.ts';
import type {FunctionBlock} from './function-block.ts';

/** The template with the function in it; what cannot be edited line by line gets the text to paste. */
export function spliceFunction(template: Template, block: FunctionBlock, {notification, join}: Others): Template {
  try {
    const told = notification === undefined ? template : addNotification(template, notification);
    const edited = insertEntries(join(told), 'Resources', block.resources);
    return template.body.Outputs === undefined ? edited : insertEntries(edited, 'Outputs', block.outputs);
  } catch (error) {
    if (!(error instanceof GearError)) throw error;
    const bucket = notification === undefined ? [] : notificationToPaste(notification);
    const snippet = /^\s*\{/.test(template.text) ? jsonToPaste(block, bucket) : yamlToPaste(block, bucket);
    throw new GearError(`${error.message}; nothing was changed. To paste:\n\n${snippet}\n`, {
      code: error.code,
      cause: error,
    });
  }
}

/** What changes outside the lines of the function. */
interface Others {
  readonly notification: Notification | undefined;
  /** Names the function's role where the template names those of all. */
  join(template: Template): Template;
}

function yamlToPaste({resources, outputs}: FunctionBlock, bucket: readonly string[]): string {
  const lines = [...bucket, ...resources].map(line => line && `  ${line}`);
  return ['Resources:', ...lines, '', 'Outputs:', ...outputs.map(line => `  ${line}`)].join('\n');
}

function jsonToPaste({body: {Resources, Outputs}}: FunctionBlock, bucket: readonly string[]): string {
  const pasted = bucket.length === 0 ? {} : parseTemplate(bucket.join('\n'), '').body;
  return JSON.stringify({Resources: {...pasted, ...Resources}, Outputs}, null, 2);
}

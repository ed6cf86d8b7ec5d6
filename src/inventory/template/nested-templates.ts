import {existsSync, statSync} from 'node:fs';
import {dirname, join} from 'node:path';
import type {NotChecked} from '../../model/finding.ts';
import type {NestedTemplate} from '../../model/nested-template.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import type {TemplateResource} from './resources.ts';
import type {Value} from './value.ts';

/** The templates of nested stacks that lie beside this one; what lies elsewhere is noted. */
export function readNestedTemplates(
  resources: readonly TemplateResource[],
  templateFile: string,
  note: (unread: NotChecked) => void,
): readonly NestedTemplate[] {
  return resources.flatMap(resource => {
    const path = pathOf(resource);
    if (path === undefined) return [];
    const file = typeof path === 'string' ? join(dirname(templateFile), path) : undefined;
    if (file !== undefined && existsSync(file) && statSync(file).isFile())
      return [{file, parameters: readParameters(resource.property('Parameters'))}];
    const isFolder = file !== undefined && existsSync(file) && statSync(file).isDirectory();
    const reason = isUnresolved(path) ? path.reason : isFolder ? `${path} is a folder` : `there is no ${path}`;
    const {logicalId, origin} = resource;
    note({rule: '*', resource: logicalId, reason: `what is in the nested stack is not read: ${reason}`, origin});
    return [];
  });
}

/** Undefined of a resource that is no nested stack. */
function pathOf({type, property, metadata}: TemplateResource): Resolvable<string> | undefined {
  if (type === 'AWS::CloudFormation::Stack') {
    // The CDK says so where the template lies that it will upload.
    const asset = metadata.at('aws:asset:property').text() === 'TemplateURL' && metadata.at('aws:asset:path').text();
    return localPath((asset || property('TemplateURL').text()) ?? '');
  }
  if (type !== 'AWS::Serverless::Application') return undefined;
  const location = property('Location');
  return location.isMap
    ? unresolved('its Location', 'it is an application of the Serverless Application Repository')
    : localPath(location.text() ?? '');
}

function localPath(written: Resolvable<string>): Resolvable<string> {
  if (isUnresolved(written)) return written;
  if (written === '') return unresolved('its template', 'it names no template');
  if (/^(s3|https?):\/\//.test(written)) return unresolved(written, `${written} is not a file: audit it by its path`);
  return written.includes('${') ? unresolved(written, `${written} is known when the stack is deployed`) : written;
}

function readParameters(parameters: Value): Readonly<Record<string, Resolvable<string>>> {
  return Object.fromEntries(
    parameters.entries().map(([name, value]) => {
      const list = value.isMap ? [] : value.items().map(item => item.text() ?? '');
      const unknown = value.unresolved ?? list.find(isUnresolved);
      return [name, unknown ?? fromOutside(list.join(','))];
    }),
  );
}

/** A placeholder for a resource of the template that nests must not be taken for one of the nested template. */
function fromOutside(text: string): string {
  return text.replaceAll(/\$\{(?!AWS::)([^}]+)\}/g, '$${../$1}');
}

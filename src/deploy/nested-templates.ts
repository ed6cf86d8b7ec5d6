import {readFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {parseTemplate, type Template} from '../cloudformation/parse.ts';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {GearError} from '../errors.ts';
import {ownVersions} from './version-descriptions.ts';

/** A nested stack whose template lies on this machine. */
export interface LocalNestedTemplate {
  readonly logicalId: string;
  /** As the template names it, from its own folder. */
  readonly path: string;
}

export function hasNestedStacks(template: PlacedTemplate): boolean {
  return nestedStacks(template).length > 0;
}

/** A template with the name that it has in the one above, and those that it nests itself. */
export interface NestedTemplate {
  readonly logicalId: string;
  readonly template: Template;
  readonly nested: readonly NestedTemplate[];
}

/** Those that lie on this machine, and those in them. */
export async function readNestedTemplates(
  template: PlacedTemplate,
  above: readonly string[] = [],
): Promise<readonly NestedTemplate[]> {
  const nested: NestedTemplate[] = [];
  const files = [...above, template.file];
  for (const each of localNestedTemplates(template)) {
    const inner = await readNestedTemplate(template, each);
    // A template that nests itself is refused by CloudFormation; here it would never end.
    if (!files.includes(inner.file))
      nested.push({logicalId: each.logicalId, template: inner, nested: await readNestedTemplates(inner, files)});
  }
  return nested;
}

/** An address, or what is put together, is left to CloudFormation. */
export function localNestedTemplates(template: PlacedTemplate): readonly LocalNestedTemplate[] {
  return nestedStacks(template).flatMap(([logicalId, resource]) => {
    const path = resource?.Properties?.TemplateURL;
    return typeof path === 'string' && !/^(s3|https?):\/\//.test(path) ? [{logicalId, path}] : [];
  });
}

/** Throws GearError where there is none, or where gear would have to publish versions in it. */
async function readNestedTemplate(above: PlacedTemplate, {logicalId, path}: LocalNestedTemplate): Promise<Template> {
  const place = above.originOf(['Resources', logicalId, 'Properties', 'TemplateURL']);
  const where = 'line' in place ? `${place.file}:${place.line}: ` : '';
  const file = join(dirname(above.file), path);
  const text = await readFile(file, 'utf8').catch(cause => {
    throw new GearError(`${where}the template ${path} of the nested stack ${logicalId} cannot be read`, {
      code: 'NO_TEMPLATE',
      cause,
    });
  });
  const template = parseTemplate(text, file);
  const [version] = ownVersions(template);
  if (version !== undefined)
    throw new GearError(`${file}: gear does not publish ${version.logicalId}, which is in a nested stack`, {
      code: 'NOT_SUPPORTED',
      suggestions: ['its function and version in the template above'],
    });
  return template;
}

type Resources = Readonly<
  Record<string, {readonly Type?: unknown; readonly Properties?: {readonly TemplateURL?: unknown}} | null>
>;

export function nestedStacks({body}: PlacedTemplate) {
  return Object.entries((body.Resources ?? {}) as Resources).filter(
    ([, resource]) => resource?.Type === 'AWS::CloudFormation::Stack',
  );
}

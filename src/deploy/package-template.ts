import {dirname, resolve} from 'node:path';
import type {Template} from '../cloudformation/parse.ts';
import {spliceTemplate} from '../cloudformation/splice.ts';
import {type IncludedFile, readIncludedFiles} from './included-files.ts';
import {inNested, withBudgets} from './nested-build.ts';
import {type NestedTemplate, readNestedTemplates} from './nested-templates.ts';
import {type FunctionPackage, packageFunctions} from './package-functions.ts';

type PackageOptions = Omit<Parameters<typeof packageFunctions>[1], 'folder'>;

/** A template with the packages of its functions, the files that it includes, and the templates that it nests. */
export interface PackagedTemplate {
  readonly template: Template;
  readonly packages: readonly FunctionPackage[];
  readonly included: readonly IncludedFile[];
  readonly nested: readonly (PackagedTemplate & {readonly logicalId: string})[];
}

export async function packageTemplate(template: Template, options: PackageOptions): Promise<PackagedTemplate> {
  const nested = await readNestedTemplates(template);
  const folder = dirname(resolve(template.file));
  return packageTree({template, nested}, await withBudgets(template, nested, {...options, folder}));
}

async function packageTree(
  {template, nested}: Pick<NestedTemplate, 'template' | 'nested'>,
  options: Parameters<typeof packageFunctions>[1],
): Promise<PackagedTemplate> {
  const included = await readIncludedFiles(template);
  const packages = await packageFunctions(template, options);
  const inner = [];
  for (const each of nested)
    inner.push({logicalId: each.logicalId, ...(await packageTree(each, inNested(options, template, each)))});
  return {template, packages, included, nested: inner};
}

/** With those of nested stacks, under their paths: `Storage/SaveFunction`. */
export function allPackages(packaged: PackagedTemplate): readonly (FunctionPackage & {readonly path: string})[] {
  return [
    ...packaged.packages.map(item => ({...item, path: item.logicalId})),
    ...packaged.nested.flatMap(each =>
      allPackages(each).map(item => ({...item, path: `${each.logicalId}/${item.path}`})),
    ),
  ];
}

export interface Uploaded {
  readonly bucket: string;
  keyOf(item: FunctionPackage): string;
  /** The address under which a template with this text is going to lie. */
  urlOf(text: string): string;
  /** The key of such a text. */
  keyOfText(text: string): string;
}

/** The user's own text with nothing changed but where code, included files and nested templates lie; and the texts of these. */
export function withUploads(
  {template, packages, included, nested}: PackagedTemplate,
  uploaded: Uploaded,
): {readonly template: Template; readonly texts: readonly string[]} {
  const inner = nested.map(each => ({logicalId: each.logicalId, ...withUploads(each, uploaded)}));
  const code = packages.map(item => ({
    path: ['Resources', item.logicalId, 'Properties', 'Code'],
    value: {S3Bucket: uploaded.bucket, S3Key: uploaded.keyOf(item)},
  }));
  const urls = inner.map(({logicalId, template: {text}}) => ({
    path: ['Resources', logicalId, 'Properties', 'TemplateURL'],
    value: uploaded.urlOf(text),
  }));
  // AWS::Include takes this form of an address only.
  const locations = included.map(({path, text}) => ({
    path,
    value: `s3://${uploaded.bucket}/${uploaded.keyOfText(text)}`,
  }));
  return {
    template: spliceTemplate(template, [...code, ...urls, ...locations]),
    texts: [...included.map(({text}) => text), ...inner.flatMap(({template: {text}, texts}) => [...texts, text])],
  };
}

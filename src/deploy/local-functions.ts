import type {PlacedTemplate} from '../cloudformation/placed-template.ts';

/** A function of a template whose code lies on this machine. */
export interface LocalFunction {
  readonly logicalId: string;
  readonly type: 'AWS::Lambda::Function' | 'AWS::Serverless::Function';
  /** The folder or file that `Code`, in SAM `CodeUri`, names. */
  readonly code: string;
  /** What `code` is bundled from; without one it is taken as it is. */
  readonly entry: string | undefined;
  readonly handler: string | undefined;
  readonly runtime: string | undefined;
  /** The folders of those of its layers that lie on this machine, too. */
  readonly layers: readonly string[];
  /** `template.yaml:31`. */
  readonly where: string;
}

/** `Code` that is a mapping (an S3 object, inline code) or an address is left to CloudFormation. */
export function localFunctions(
  template: PlacedTemplate,
  parameters: Readonly<Record<string, unknown>> = {},
): readonly LocalFunction[] {
  const given = (value: unknown) => text(value) ?? parameterValue(value, template, parameters);
  const resources = (template.body.Resources ?? {}) as Resources;
  return Object.entries(resources).flatMap(([logicalId, resource]) => {
    const type = resource?.Type;
    if (type !== 'AWS::Lambda::Function' && type !== 'AWS::Serverless::Function') return [];
    const properties = {...(type === 'AWS::Serverless::Function' && globals(template)), ...resource!.Properties};
    const name = type === 'AWS::Lambda::Function' ? 'Code' : 'CodeUri';
    const code = properties[name];
    if (typeof code !== 'string' || /^(s3|https?):\/\//.test(code)) return [];
    const {file, line} = template.originOf(['Resources', logicalId, 'Properties', name]) as {
      file: string;
      line: number;
    };
    return [
      {
        logicalId,
        type,
        code,
        entry: text(resource!.Metadata?.Gear?.Entry),
        handler: given(properties.Handler),
        runtime: given(properties.Runtime),
        layers: localLayers(properties.Layers, resources),
        where: `${file}:${line}`,
      },
    ];
  });
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: {readonly Gear?: {readonly Entry?: unknown}};
}
type Resources = Readonly<Record<string, Resource | null>>;

/** What SAM gives to every function that does not say otherwise. */
function globals(template: PlacedTemplate): Readonly<Record<string, unknown>> {
  const {Function: shared} = (template.body.Globals ?? {}) as {Function?: Readonly<Record<string, unknown>> | null};
  return shared ?? {};
}

function localLayers(layers: unknown, resources: Resources): readonly string[] {
  if (!Array.isArray(layers)) return [];
  return layers.flatMap(layer => {
    const {Type: type, Properties: properties} = resources[text((layer as {Ref?: unknown} | null)?.Ref) ?? ''] ?? {};
    const content =
      type === 'AWS::Lambda::LayerVersion'
        ? properties?.Content
        : type === 'AWS::Serverless::LayerVersion'
          ? properties?.ContentUri
          : undefined;
    return typeof content === 'string' && !/^(s3|https?):\/\//.test(content) ? [content] : [];
  });
}

/** What `Ref` of a parameter stands for, as far as somebody says. */
function parameterValue(value: unknown, {body}: PlacedTemplate, parameters: Readonly<Record<string, unknown>>) {
  const name = text((value as {Ref?: unknown} | null | undefined)?.Ref) ?? '';
  const declared = (body.Parameters ?? {}) as Readonly<Record<string, {Default?: unknown} | null>>;
  return text(Object.hasOwn(parameters, name) ? parameters[name] : declared[name]?.Default);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

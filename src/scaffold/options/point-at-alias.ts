import {isDeepStrictEqual} from 'node:util';
import {appendLines} from '../../cloudformation/append-lines.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import {referencesOf} from '../../cloudformation/references.ts';
import {valueAt, withValueAt} from '../../cloudformation/value-at.ts';
import {GearError} from '../../errors.ts';
import {resourcesOf} from '../template-resources.ts';

interface Aliased {
  /** The function's logical ID. */
  readonly id: string;
  /** That of the alias; a Ref to it is its ARN, which every caller takes in the place of a name or an ARN. */
  readonly alias: string;
  readonly aliasName: string;
}

/** The template with every caller of a function sent to its alias instead; what only watches the function stays. */
export function pointAtAlias(template: Template, aliased: Aliased): Template {
  const {id, alias, aliasName} = aliased;
  return Object.entries(resourcesOf(template)).reduce((edited, [name, {Type, Properties}]) => {
    const path = ['Resources', name, 'Properties'];
    if (Type === 'AWS::Lambda::EventInvokeConfig' && isDeepStrictEqual(Properties?.FunctionName, {Ref: id})) {
      const qualified = withText(edited, [...path, 'Qualifier'], aliasName, aliasName);
      // The alias is named, not referred to.
      return appendLines(qualified, ['Resources', name], [`DependsOn: ${alias}`]);
    }
    return referencesOf(Properties, path)
      .filter(reference => reference.name === id && calls(Type, reference.path.slice(path.length), Properties))
      .reduce((pointed, {path: inner}) => withReference(pointed, inner, aliased), edited);
  }, template);
}

/** By the type of a resource, where it names the function that it calls or lets call. */
const callers: Readonly<Record<string, RegExp>> = {
  'AWS::ApiGatewayV2::Authorizer': /^AuthorizerUri\b/,
  'AWS::ApiGatewayV2::Integration': /^IntegrationUri\b/,
  'AWS::Events::Rule': /^Targets\.\d+\.Arn\b/,
  'AWS::IAM::Role': /^Policies\.\d+\.PolicyDocument\.Statement\.\d+\.Resource\b/,
  'AWS::Lambda::EventSourceMapping': /^FunctionName\b/,
  'AWS::Lambda::Permission': /^FunctionName\b/,
  'AWS::S3::Bucket': /^NotificationConfiguration\.LambdaConfigurations\.\d+\.Function\b/,
  'AWS::SNS::Subscription': /^Endpoint\b/,
  'AWS::Scheduler::Schedule': /^Target\.Arn\b/,
};

type Path = readonly (string | number)[];

function calls(type: string, path: Path, properties: unknown): boolean {
  if (callers[type]?.test(path.join('.')) !== true) return false;
  if (type !== 'AWS::IAM::Role') return true;
  // Of what roles allow on a function, only invoking it has to do with the alias.
  const {Action} = valueAt(properties, path.slice(0, 5)) as {readonly Action?: string | readonly string[]};
  return [Action].flat().every(action => action === 'lambda:InvokeFunction');
}

/** `!Ref X` and `!GetAtt X.Arn` become `!Ref XAlias`; in a Sub, `${X.Arn}` becomes `${XAlias}`. */
function withReference(template: Template, path: Path, {id, alias}: Aliased): Template {
  const whole = path.slice(0, -1);
  const sub = valueAt(template.body, path);
  if (path.at(-1) !== 'Fn::Sub') return withText(template, whole, `!Ref ${alias}`, {Ref: alias});
  if (typeof sub !== 'string') throw refused(template, path);
  const pointed = sub.replaceAll(`\${${id}.Arn}`, `\${${alias}}`);
  return withText(template, whole, `!Sub ${JSON.stringify(pointed)}`, {'Fn::Sub': pointed});
}

/** Another text in the place of a value; it has to read as `value`, and nothing else may change. */
function withText(template: Template, path: Path, written: string, value: unknown): Template {
  const range = template.rangeOf(path);
  if (range === undefined) throw refused(template, path);
  const {text, file, body} = template;
  const end = range.start + text.slice(range.start, range.end).trimEnd().length;
  const edited = parseTemplate(text.slice(0, range.start) + written + text.slice(end), file);
  if (!isDeepStrictEqual(edited.body, withValueAt(body, path, value))) throw refused(template, path);
  return edited;
}

function refused({file}: Template, path: Path): GearError {
  return new GearError(`${file}: ${path.join('.')} cannot be pointed at an alias`, {code: 'TEMPLATE_EDIT_FAILED'});
}

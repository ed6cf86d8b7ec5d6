import {operationOf, type RequestContext} from '../../../operation.ts';
import {notImplemented, ServiceError} from '../../../service-error.ts';
import {boolean, type Infer, required, string, structure} from '../../../shape.ts';
import {tagList} from '../../../tag-list.ts';
import {invalid} from '../errors.ts';
import {newest, type ParameterRecord, type ParameterType, type ParameterVersion} from '../parameter.ts';
import {checkParameterName} from '../parameter-name.ts';
import {onParameter} from '../permissions.ts';
import {encryptValue} from '../secure-value.ts';
import type {SsmStore} from '../store.ts';
import {limitedTags} from '../tags.ts';

const input = structure({
  Name: required(string),
  Description: string,
  Value: required(string),
  Type: string,
  KeyId: string,
  Overwrite: boolean,
  AllowedPattern: string,
  Tags: tagList,
  Tier: string,
  DataType: string,
});
type Input = Infer<typeof input>;

/** Standard parameters only; `Policies`, which need another tier, are refused by name. */
export const putParameter = operationOf<SsmStore>()({
  name: 'PutParameter',
  input,
  permissions: ({Name, Overwrite, Tags = []}, _context, store) => [
    onParameter('PutParameter', Name, store, {'ssm:Overwrite': String(Overwrite ?? false)}),
    ...(Tags.length > 0 ? [onParameter('AddTagsToResource', Name, store)] : []),
  ],
  async run(input, context, store) {
    const {Name: name, Value, Overwrite = false, Tags = [], Tier = 'Standard', DataType = 'text'} = input;
    checkParameterName(name);
    if (Tier !== 'Standard') throw notImplemented(`the parameter tier ${Tier}`);
    if (DataType !== 'text') throw notImplemented(`the parameter data type ${DataType}`);
    if (Overwrite && Tags.length > 0)
      throw invalid(
        "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or RemoveTagsFromResource.",
      );
    const type = typeOf(input, store.find(name));
    checkValue(Value, input.AllowedPattern);
    const version = await newVersion(input, type, context, store);
    // KMS was waited for, so somebody may have been faster.
    const existing = store.find(name);
    if (existing !== undefined && !Overwrite) throw alreadyExists();
    const number = existing === undefined ? 1 : newest(existing).version + 1;
    store.addVersion(existing ?? {name, tags: limitedTags(Tags), versions: []}, {...version, version: number});
    return {Version: number, Tier: 'Standard'};
  },
});

function typeOf({Type, Overwrite = false}: Input, existing: ParameterRecord | undefined): ParameterType {
  if (existing !== undefined && !Overwrite) throw alreadyExists();
  const type = Type ?? (existing && newest(existing).type);
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.');
  if (type !== 'String' && type !== 'StringList' && type !== 'SecureString')
    throw new ServiceError('UnsupportedParameterType', `The parameter type ${type} isn't supported.`);
  if (existing !== undefined && newest(existing).type !== type)
    throw new ServiceError(
      'HierarchyTypeMismatchException',
      `The parameter ${existing.name} is a ${newest(existing).type}; Parameter Store does not change a parameter's type. Delete it first.`,
    );
  return type;
}

function checkValue(value: string, pattern: string | undefined): void {
  if (value === '')
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  if (Buffer.byteLength(value) > 4096)
    throw invalid('Standard tier parameters support a maximum parameter value of 4096 characters.');
  if (pattern === undefined) return;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern);
  } catch {
    throw new ServiceError('InvalidAllowedPatternException', `The allowed pattern ${pattern} is not valid.`);
  }
  if (!expression.test(value))
    throw new ServiceError(
      'ParameterPatternMismatchException',
      `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
    );
}

async function newVersion(
  {Name, Value, KeyId, Description, AllowedPattern}: Input,
  type: ParameterType,
  context: RequestContext,
  store: SsmStore,
): Promise<Omit<ParameterVersion, 'version'>> {
  const secure = type === 'SecureString';
  if (!secure && KeyId !== undefined) throw invalid('KeyId is required for SecureString type parameter only.');
  const {caller, clock} = context;
  const keyId = KeyId ?? 'alias/aws/ssm';
  return {
    type,
    value: secure ? await encryptValue(Value, keyId, store.arnOf(Name), context) : Value,
    ...(secure ? {keyId} : {}),
    ...(Description === undefined ? {} : {description: Description}),
    ...(AllowedPattern === undefined ? {} : {allowedPattern: AllowedPattern}),
    labels: [],
    modifiedAt: clock.now(),
    modifiedBy: caller.kind === 'service' ? caller.principal : caller.arn,
  };
}

function alreadyExists(): ServiceError {
  return new ServiceError(
    'ParameterAlreadyExists',
    'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  );
}

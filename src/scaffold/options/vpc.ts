import {isDeepStrictEqual} from 'node:util';
import {appendLines} from '../../cloudformation/append-lines.ts';
import {parseTemplate, type Template} from '../../cloudformation/parse.ts';
import {removeMember} from '../../cloudformation/remove-member.ts';
import {valueAt} from '../../cloudformation/value-at.ts';
import {GearError} from '../../errors.ts';
import type {PermissionRow} from '../permission-rows.ts';
import type {Resource} from '../template-resources.ts';
import {addChapter, describePermissions, editTemplate, readTemplate} from './edit-draft.ts';
import {functionsOf, type ServiceFunction, statementsOf} from './functions-of.ts';
import {heading} from './heading.ts';
import type {ServiceOption} from './option.ts';
import {vpcChapter} from './vpc-chapter.ts';

/** A VPC makes nothing safer by itself, so the option is its reason; `gear audit` asks for it too. */
export const vpc: ServiceOption = {
  name: 'vpc',
  summary: 'Every function is in a VPC, for this reason',
  value: 'REASON',
  question: 'Why are the functions in a VPC?',
  // There is no network on this machine, so any ids will do.
  localParameters: ['SubnetIds=subnet-0a,subnet-0b', 'SecurityGroupIds=sg-0c'],
  check(reason) {
    if (/[\p{L}\p{N}].*\s.*[\p{L}\p{N}]/u.test(reason) && !/[\n\r]/.test(reason)) return;
    throw new GearError('--vpc takes the reason why the functions are in a VPC, in a few words on one line', {
      code: 'USAGE',
      suggestions: ['--vpc "the orders database has no public endpoint"', 'the same command without --vpc'],
    });
  },
  apply(service, reason) {
    const functions = functionsOf(readTemplate(service));
    const moved = editTemplate(service, template => inVpc(template, functions, reason.trim()));
    const described = describePermissions(moved, functions.flatMap(permissions));
    return addChapter(described, 'The VPC', vpcChapter(readTemplate(moved), reason.trim()));
  },
  takeOver(_, written) {
    const [first] = written.map(placeOf);
    if (written.every(fn => placeOf(fn).config === undefined)) return undefined;
    if (first?.reason === undefined || written.some(fn => !isDeepStrictEqual(placeOf(fn), first)))
      return 'Functions of this service are in a VPC, and this one is not: they do not all have the same VpcConfig and VpcReason.';
    const {config, reason} = first;
    return {
      give: (template, functions) => attached(template, functions, reason, linesFor(config)),
      rows: permissions,
      list: (template, role) =>
        deniedRoles(template).length > 0 ? appendLines(template, denied, [`- !Ref ${role}`]) : template,
    };
  },
  unlist(template, role) {
    const roles = deniedRoles(template);
    const index = roles.findIndex(denied => isDeepStrictEqual(denied, {Ref: role}));
    // A policy needs one role at least.
    return index < 0 || roles.length === 1 ? template : removeMember(template, [...denied, index]);
  },
};

/** Where a function is, and why. */
function placeOf({Properties, Metadata}: Resource) {
  return {config: Properties?.VpcConfig, reason: Metadata?.Gear?.VpcReason};
}

/** As gear writes it, or, where its author has changed it, so that it reads the same. */
function linesFor(config: unknown): readonly string[] {
  const usual = parseTemplate(configLines.join('\n'), '').body.VpcConfig;
  return isDeepStrictEqual(config, usual) ? configLines : [`VpcConfig: ${JSON.stringify(config)}`];
}

const denied = ['Resources', 'NetworkForLambdaAlone', 'Properties', 'Roles'];

function deniedRoles({body}: Template): readonly unknown[] {
  const roles = valueAt(body, denied);
  return Array.isArray(roles) ? roles : [];
}

function inVpc(template: Template, functions: readonly ServiceFunction[], reason: string): Template {
  const withParameters = appendLines(template, ['Parameters'], parameterLines);
  const withFunctions = attached(withParameters, functions, reason, configLines);
  return appendLines(withFunctions, ['Resources'], denial(functions));
}

function attached(
  template: Template,
  functions: readonly ServiceFunction[],
  reason: string,
  config: readonly string[],
): Template {
  return functions.reduce((edited, {id, role}) => {
    const withReason = appendLines(
      edited,
      ['Resources', id, 'Metadata', 'Gear'],
      [`VpcReason: ${JSON.stringify(reason)}`],
    );
    const withConfig = appendLines(withReason, ['Resources', id, 'Properties'], [...config, ...tagLines(reason)]);
    return appendLines(withConfig, statementsOf(role), statementLines);
  }, template);
}

/** A list of subnets cannot ask for two of them, and a text with a pattern can: a deployment with one zone fails at once. */
const parameterLines = [
  'SubnetIds:',
  '  Type: String',
  '  AllowedPattern: ^subnet-[0-9a-f]+(,subnet-[0-9a-f]+)+$',
  '  ConstraintDescription: two subnets or more are needed, with commas between them and no spaces',
  '  Description: Private subnets for the functions, in two availability zones or more, with commas between them.',
  'SecurityGroupIds:',
  '  Type: List<AWS::EC2::SecurityGroup::Id>',
  '  Description: What the functions may reach in the VPC, as its security groups say it.',
];

const configLines = [
  'VpcConfig:',
  '  SubnetIds: !Split [",", !Ref SubnetIds]',
  '  SecurityGroupIds: !Ref SecurityGroupIds',
];

/** Where the audit of an account finds the reason, as far as a tag can hold it. */
function tagLines(reason: string): readonly string[] {
  const held = reason
    .replaceAll(/[^\p{L}\p{N} _.:/=+@-]/gu, ' ')
    .replaceAll(/ +/g, ' ')
    .trim();
  return ['Tags:', '  - Key: gear:VpcReason', `    Value: ${JSON.stringify([...held].slice(0, 256).join('').trim())}`];
}

const changes = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:UnassignPrivateIpAddresses',
];
const lookups = ['ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets'];
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's
const interfaces = 'arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:*/*';

const statementLines = [
  '# For Lambda, not for the code: NetworkForLambdaAlone denies it there. Lambda asks for every interface there could be.',
  '- Sid: NetworkInterfaces',
  '  Effect: Allow',
  '  Action:',
  ...changes.map(action => `    - ${action}`),
  `  Resource: !Sub ${interfaces}`,
  '# These know no resource.',
  '- Sid: Network',
  '  Effect: Allow',
  '  Action:',
  ...lookups.map(action => `    - ${action}`),
  '  Resource: "*"',
];

function permissions({name}: ServiceFunction): readonly PermissionRow[] {
  return [
    {
      role: name,
      statement: 'NetworkInterfaces',
      actions: changes,
      resource: interfaces,
      why: 'Lambda gives it a place in the VPC; its own code may not',
    },
    {role: name, statement: 'Network', actions: lookups, resource: '*', why: 'Lambda looks for what is there already'},
  ];
}

/**
 * What the code asks for has `lambda:SourceFunctionArn`, and what Lambda asks for with the same role has not.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-best-practice-security
 */
function denial(functions: readonly ServiceFunction[]): readonly string[] {
  return [
    '',
    heading('the VPC'),
    '',
    '# Keeps the code of the functions from what their roles must allow for Lambda.',
    'NetworkForLambdaAlone:',
    '  Type: AWS::IAM::Policy',
    '  Properties:',
    '    PolicyName: network-for-lambda-alone',
    '    Roles:',
    ...functions.map(({role}) => `      - !Ref ${role}`),
    '    PolicyDocument:',
    '      Version: "2012-10-17"',
    '      Statement:',
    '        - Effect: Deny',
    '          Action:',
    ...[...changes, ...lookups, 'ec2:DetachNetworkInterface'].sort().map(action => `            - ${action}`),
    '          Resource: "*"',
    '          Condition:',
    '            "Null":',
    '              lambda:SourceFunctionArn: "false"',
  ];
}

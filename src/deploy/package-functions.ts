import type {Zip} from '../bundle/zip.ts';
import type {PlacedTemplate} from '../cloudformation/placed-template.ts';
import {exitCodes, GearError} from '../errors.ts';
import {type BuildOptions, buildFunctions} from './build-functions.ts';
import type {DeployEvent} from './events.ts';
import {localFunctions} from './local-functions.ts';
import {describeExcess} from './size-budget.ts';

/** A function's code, ready to be uploaded. */
export interface FunctionPackage {
  readonly logicalId: string;
  readonly zip: Zip;
}

interface PackageOptions extends BuildOptions {
  onEvent(event: DeployEvent): void;
}

/** What `gear build` builds, for a deployment: a function over its budget is not deployed. */
export async function packageFunctions(
  template: PlacedTemplate,
  options: PackageOptions,
): Promise<readonly FunctionPackage[]> {
  refuseServerless(template);
  const built = await buildFunctions(template, options);
  const {within = ''} = options;
  for (const {logicalId, zip, borrowed, how} of built)
    options.onEvent({
      type: 'bundled',
      function: `${within}${logicalId}`,
      bytes: zip.unzippedBytes,
      zipBytes: zip.zippedBytes,
      borrowed,
      unchanged: how === 'unchanged',
    });
  const excess = built
    .filter(({budget}) => budget.exceeded)
    .map(item => ({...item, logicalId: `${within}${item.logicalId}`}));
  if (excess.length > 0)
    throw new GearError(excess.map(describeExcess).join('\n'), {
      code: 'OVER_BUDGET',
      exit: exitCodes.findings,
      suggestions: [
        'gear build --analyze',
        `another budget in gear.yaml: {build: {functions: {${excess[0]!.logicalId}: ...}}}`,
      ],
    });
  return built;
}

/** SAM's transform runs in CloudFormation; what it makes of a template is not what gear would review. */
function refuseServerless(template: PlacedTemplate): void {
  const serverless = localFunctions(template).find(({type}) => type === 'AWS::Serverless::Function');
  if (serverless !== undefined)
    throw new GearError(
      `${serverless.where}: ${serverless.logicalId} is an AWS::Serverless::Function, whose code gear deploy does not upload`,
      {code: 'NOT_SUPPORTED', suggestions: ['gear build, then sam deploy or aws cloudformation package']},
    );
}

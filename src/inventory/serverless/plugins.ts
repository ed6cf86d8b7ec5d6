import type {Service, ServicePlugin} from './service.ts';

/** Plugins of which gear cannot tell what they add; each is said. */
export function unknownPlugins({plugins}: Pick<Service, 'plugins'>): readonly ServicePlugin[] {
  return plugins.filter(({name}) => !addNothing.has(name));
}

/** They build, run locally, tidy up or ask; no function, role or trigger of the template is theirs. */
const addNothing = new Set([
  'serverless-bundle',
  'serverless-deployment-bucket',
  'serverless-disable-functions',
  'serverless-domain-manager',
  'serverless-dotenv-plugin',
  'serverless-dynamodb',
  'serverless-dynamodb-local',
  'serverless-esbuild',
  'serverless-export-env',
  // Carried out in roles.ts.
  'serverless-iam-roles-per-function',
  'serverless-jetpack',
  'serverless-localstack',
  'serverless-offline',
  'serverless-offline-sns',
  'serverless-offline-sqs',
  'serverless-openapi-documentation',
  'serverless-package-external',
  'serverless-package-python-functions',
  'serverless-plugin-common-excludes',
  'serverless-plugin-git-variables',
  'serverless-plugin-include-dependencies',
  'serverless-plugin-optimize',
  'serverless-plugin-typescript',
  'serverless-prune-plugin',
  'serverless-python-requirements',
  'serverless-s3-local',
  'serverless-s3-sync',
  'serverless-stack-termination-protection',
  'serverless-webpack',
]);

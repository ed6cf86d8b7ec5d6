import type {Template} from '../cloudformation/parse.ts';

/** What a template asks for that the embedded AWS writes down and does nothing about: sentences for who deploys it. */
export function notSimulated({body}: Template): readonly string[] {
  const resources = Object.values((body.Resources as Record<string, Resource | null> | null | undefined) ?? {});
  const attached = resources.some(
    resource => resource?.Type === 'AWS::Lambda::Function' && resource.Properties?.VpcConfig !== undefined,
  );
  return attached ? ['The network of a VPC is not simulated: functions reach what this machine reaches'] : [];
}

interface Resource {
  readonly Type?: string;
  readonly Properties?: {readonly VpcConfig?: unknown} | null;
}

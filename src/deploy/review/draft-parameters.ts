import type {PlacedTemplate} from '../../cloudformation/placed-template.ts';
import {isUnresolved, type Resolvable, unresolved} from '../../model/resolvable.ts';
import {inNested} from '../nested-build.ts';
import type {NestedTemplate} from '../nested-templates.ts';
import type {StackDescription} from '../read-stack.ts';

interface Giving {
  readonly above: {
    readonly template: PlacedTemplate;
    readonly parameters: Readonly<Record<string, Resolvable<string>>>;
  };
  readonly logicalId: string;
  /** As it stands; absent for one that has to be made. */
  readonly stack: StackDescription | undefined;
  /** Whether it may be given another value than the one that it has. */
  isOpen(parameter: string): boolean;
}

/**
 * The parameters of a nested stack that are not going to stay as they are. What the template above puts together is not
 * known here, but stays as long as nothing changes that it hangs on. What is not given is the default, not what it was.
 */
export function draftParameters(
  template: NestedTemplate['template'],
  {above, logicalId, stack, isOpen}: Giving,
): Readonly<Record<string, Resolvable<string>>> {
  const {parameters: known = {}} = inNested(
    {folder: '', fallbackModules: [], parameters: above.parameters},
    above.template,
    {logicalId, template},
  );
  const given = givenTo(above.template, logicalId);
  const declared = Object.entries((template.body.Parameters ?? {}) as Readonly<Record<string, Declaration | null>>);
  return Object.fromEntries(
    declared.flatMap(([name, declaration]): [string, Resolvable<string>][] => {
      const value = name in given ? known[name] : declaration?.Default;
      if (value !== undefined && !isUnresolved(value)) return [[name, String(value)]];
      if (!(name in given) || (stack?.parameters[name] !== undefined && !isOpen(name))) return [];
      return [[name, value ?? unresolved(`!Ref ${name}`, 'it is known when the stack above is deployed')]];
    }),
  );
}

interface Declaration {
  readonly Default?: unknown;
}

/** As the template above says it. */
export function givenTo({body}: Pick<PlacedTemplate, 'body'>, nestedStack: string): Readonly<Record<string, unknown>> {
  const resources = body.Resources as Readonly<Record<string, NestedStack | null>> | undefined;
  return resources?.[nestedStack]?.Properties?.Parameters ?? {};
}

interface NestedStack {
  readonly Properties?: {readonly Parameters?: Readonly<Record<string, unknown>> | null} | null;
}

import {GearError} from '../errors.ts';
import {isServerlessFile} from '../inventory/is-serverless-file.ts';
import type {Resolvable} from '../model/resolvable.ts';
import {settledParameters} from '../project/output-reference.ts';
import {serviceOfTemplate} from '../project/service-of-template.ts';

interface DeployedWith {
  /** What a deployment of the stage takes from gear.yaml; outputs of other services are unresolved. */
  of(template: string): Readonly<Record<string, Resolvable<string>>>;
  /** Throws when no template has anything that says what the stage is. */
  requireStage(): void;
}

/** The parameters of each of several templates, where the command line says nothing of them. */
export function deployedWith(stage: string | undefined): DeployedWith {
  let known = stage === undefined;
  return {
    of(template) {
      if (isServerlessFile(template)) {
        known = true;
        return stage === undefined ? {} : {'opt:stage': stage};
      }
      const service = serviceOfTemplate(template, stage);
      known ||= service !== undefined;
      return service === undefined ? {} : settledParameters(service);
    },
    requireStage() {
      if (known) return;
      throw new GearError(`None of the templates has a gear.yaml that says what the stage ${stage} is deployed with`, {
        code: 'NO_STAGE',
        suggestions: ['--parameter NAME=VALUE'],
      });
    },
  };
}

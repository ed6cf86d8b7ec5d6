import {operationOf} from '../../../operation.ts';
import {ServiceError} from '../../../service-error.ts';
import {integer, list, required, string, structure} from '../../../shape.ts';
import {newest} from '../parameter.ts';
import {onParameter} from '../permissions.ts';
import type {SsmStore} from '../store.ts';

/** A label is on one version at a time; those that break the rules of names are given back. */
export const labelParameterVersion = operationOf<SsmStore>()({
  name: 'LabelParameterVersion',
  input: structure({Name: required(string), ParameterVersion: integer, Labels: required(list(string))}),
  permissions: ({Name}, _context, store) => [onParameter('LabelParameterVersion', Name, store)],
  run({Name, ParameterVersion, Labels}, _context, store) {
    const parameter = store.parameter(Name);
    const wanted = ParameterVersion ?? newest(parameter).version;
    if (!parameter.versions.some(({version}) => version === wanted))
      throw new ServiceError(
        'ParameterVersionNotFound',
        `Systems Manager could not find version ${wanted} of ${Name}. Verify the version and try again.`,
      );
    const valid = Labels.filter(label => /^(?!aws|ssm|\d)[\w.-]{1,100}$/i.test(label));
    const versions = parameter.versions.map(version => {
      const rest = version.labels.filter(label => !valid.includes(label));
      return {...version, labels: version.version === wanted ? [...rest, ...valid] : rest};
    });
    if (versions.some(({labels}) => labels.length > 10))
      throw new ServiceError('ParameterVersionLabelLimitExceeded', 'A parameter version can have maximum 10 labels.');
    store.save({...parameter, versions});
    return {InvalidLabels: Labels.filter(label => !valid.includes(label)), ParameterVersion: wanted};
  },
});

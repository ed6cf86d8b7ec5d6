import {ServiceError} from '../../service-error.ts';

export function checkGroupName(name: string): void {
  if (!/^[.\-_/#A-Za-z0-9]{1,512}$/.test(name)) throw constraint('logGroupName', name, '[\\.\\-_/#A-Za-z0-9]+');
}

export function checkStreamName(name: string): void {
  if (!/^[^:*]{1,512}$/.test(name)) throw constraint('logStreamName', name, '[^:*]*');
}

const retentionDays = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function checkRetention(days: number): void {
  if (!retentionDays.includes(days))
    throw new ServiceError(
      'InvalidParameterException',
      `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentionDays.join(', ')}]`,
    );
}

function constraint(member: string, value: string, pattern: string): ServiceError {
  return new ServiceError(
    'InvalidParameterException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`,
  );
}

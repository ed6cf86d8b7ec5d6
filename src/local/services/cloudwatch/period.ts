import {ServiceError} from '../../service-error.ts';

/** The lengths of an alarm's period, in seconds. */
export function isAlarmPeriod(seconds: number): boolean {
  return [10, 20, 30].includes(seconds) || (seconds >= 60 && seconds % 60 === 0);
}

/** Refuses what is no length of a period in a question for statistics, where shorter ones are allowed too. */
export function checkPeriod(seconds: number): void {
  if (seconds !== 1 && seconds !== 5 && !isAlarmPeriod(seconds))
    throw new ServiceError(
      'InvalidParameterValueException',
      'The parameter Period must be 1, 5, 10, 20, 30 or any multiple of 60.',
    );
}

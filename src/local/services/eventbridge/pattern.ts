import {type EventPattern, parseEventPattern} from '../../event-pattern.ts';
import {EventPatternError} from '../../event-pattern-language.ts';
import {ServiceError} from '../../service-error.ts';

/** The pattern, or EventBridge's own refusal of it. */
export function eventPattern(text: string): EventPattern {
  try {
    return parseEventPattern(text);
  } catch (error) {
    if (!(error instanceof EventPatternError)) throw error;
    throw new ServiceError('InvalidEventPatternException', `Event pattern is not valid. Reason: ${error.message}`);
  }
}

import {EVENT_ID, type Event, parseEvents, YAMLException} from 'js-yaml';
import {endsInComment} from './ends-in-comment.ts';

/**
 * Lines inside brackets may stand further left than the grammar has them, as in `parseYaml`: they are joined to the
 * line above, and no offset changes.
 */
export function looseEvents(text: string): readonly Event[] {
  let joined = text;
  const joints: number[] = [];
  for (;;)
    try {
      const events = parseEvents(joined, {maxDepth: 100});
      if (joints.length === 0) return events;
      // Inside a text in quotes the line break is part of the value.
      const broken = events.some(
        event => event.type === EVENT_ID.SCALAR && joints.some(at => event.valueStart <= at && at < event.valueEnd),
      );
      if (broken) throw new Error('a text in quotes is not indented');
      return events;
    } catch (error) {
      const position = error instanceof YAMLException ? error.mark?.position : undefined;
      if (position === undefined || !String(error).includes('deficient indentation') || joints.length === mostJoints)
        throw error;
      const newline = joined.lastIndexOf('\n', position);
      if (newline < 0 || endsInComment(joined, newline)) throw error;
      joints.push(newline);
      joined = `${joined.slice(0, newline)} ${joined.slice(newline + 1)}`;
    }
}

/** Each costs another reading. */
const mostJoints = 50;

import {GearError} from '../errors.ts';

/** How the daemon says to whoever started it why it cannot run: one line of its log. */
export function failureLine({code, message, suggestions}: GearError): string {
  return `Error: ${JSON.stringify({code, message, suggestions})}\n`;
}

/** The daemon's own error where it wrote one, else the last lines of what it wrote. */
export function readFailure(log: string, how: string, file: string): GearError {
  const lines = log.trim().split('\n').slice(-15);
  const said = lines.findLast(line => line.startsWith('Error: {'));
  const own = said === undefined ? undefined : ownError(said.slice('Error: '.length));
  if (own !== undefined) return own;
  const shown = lines.map(line => `  ${line}`).join('\n');
  return new GearError(`gear local could not be started: it ${how}\n${shown}`, {
    code: 'LOCAL_NOT_STARTED',
    suggestions: [`less ${file}`],
  });
}

/** Undefined of a line that it did not come to the end of. */
function ownError(json: string): GearError | undefined {
  try {
    const {message, ...options} = JSON.parse(json) as GearError;
    return new GearError(message, options);
  } catch {
    return undefined;
  }
}

/** What AWSLambdaBasicExecutionRole allows everywhere: not least privilege, and no way into anybody's data. */
export function isLogging(action: string): boolean {
  return logging.has(action.toLowerCase());
}

const logging = new Set(['logs:createloggroup', 'logs:createlogstream', 'logs:putlogevents']);

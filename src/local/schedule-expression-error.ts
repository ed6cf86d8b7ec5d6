/** Why a text is no schedule expression; each service has its own error around it. */
export class ScheduleExpressionError extends Error {}

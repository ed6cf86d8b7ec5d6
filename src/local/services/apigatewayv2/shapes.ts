import {boolean, double, integer, list, map, string, structure} from '../../shape.ts';

export const cors = structure({
  allowCredentials: boolean,
  allowHeaders: list(string),
  allowMethods: list(string),
  allowOrigins: list(string),
  exposeHeaders: list(string),
  maxAge: integer,
});

/** `dataTraceEnabled` and `loggingLevel` are for WebSocket APIs. */
export const routeSettings = structure({
  detailedMetricsEnabled: boolean,
  throttlingBurstLimit: integer,
  throttlingRateLimit: double,
});

export const accessLogSettings = structure({destinationArn: string, format: string});

export const jwtConfiguration = structure({audience: list(string), issuer: string});

export const tags = map(string);

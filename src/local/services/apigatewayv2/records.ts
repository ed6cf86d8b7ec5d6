/** As the API answers them; the API that they belong to stands in the key. */
export interface ApiRecord {
  readonly apiId: string;
  readonly name: string;
  readonly protocolType: 'HTTP';
  readonly routeSelectionExpression: string;
  readonly disableExecuteApiEndpoint: boolean;
  readonly description?: string;
  readonly version?: string;
  readonly corsConfiguration?: Cors;
  readonly createdDate: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface Cors {
  readonly allowCredentials?: boolean | undefined;
  readonly allowHeaders?: readonly string[] | undefined;
  readonly allowMethods?: readonly string[] | undefined;
  readonly allowOrigins?: readonly string[] | undefined;
  readonly exposeHeaders?: readonly string[] | undefined;
  readonly maxAge?: number | undefined;
}

export interface RouteSettings {
  readonly detailedMetricsEnabled?: boolean | undefined;
  readonly throttlingBurstLimit?: number | undefined;
  readonly throttlingRateLimit?: number | undefined;
}

export interface AccessLogSettings {
  readonly destinationArn?: string | undefined;
  readonly format?: string | undefined;
}

export interface StageRecord {
  readonly stageName: string;
  readonly autoDeploy: boolean;
  readonly deploymentId?: string;
  readonly description?: string;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly defaultRouteSettings: RouteSettings;
  /** By route key. */
  readonly routeSettings: Readonly<Record<string, RouteSettings>>;
  readonly accessLogSettings?: AccessLogSettings;
  readonly createdDate: string;
  readonly lastUpdatedDate: string;
  readonly lastDeploymentStatusMessage?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface RouteRecord {
  readonly routeId: string;
  readonly routeKey: string;
  readonly target?: string;
  readonly operationName?: string;
  readonly apiKeyRequired: false;
  readonly authorizationType: 'NONE' | 'JWT' | 'CUSTOM';
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
}

export interface IntegrationRecord {
  readonly integrationId: string;
  readonly integrationType: 'AWS_PROXY';
  readonly integrationMethod: 'POST';
  readonly connectionType: 'INTERNET';
  readonly integrationUri: string;
  readonly payloadFormatVersion: '1.0' | '2.0';
  readonly timeoutInMillis: number;
  readonly description?: string;
}

export type AuthorizerRecord = JwtAuthorizer | LambdaAuthorizer;

export interface JwtAuthorizer {
  readonly authorizerId: string;
  readonly authorizerType: 'JWT';
  readonly name: string;
  readonly identitySource: readonly string[];
  readonly jwtConfiguration: {readonly issuer: string; readonly audience: readonly string[]};
}

export interface LambdaAuthorizer {
  readonly authorizerId: string;
  readonly authorizerType: 'REQUEST';
  readonly name: string;
  readonly identitySource: readonly string[];
  readonly authorizerUri: string;
  readonly authorizerPayloadFormatVersion: '1.0' | '2.0';
  readonly enableSimpleResponses: boolean;
  readonly authorizerResultTtlInSeconds: number;
}

export interface DeploymentRecord {
  readonly deploymentId: string;
  readonly deploymentStatus: 'DEPLOYED';
  readonly autoDeployed: boolean;
  readonly description?: string;
  readonly createdDate: string;
  /** What a stage serves: the API as it was then. */
  readonly snapshot: Snapshot;
}

export interface Snapshot {
  readonly cors?: Cors;
  readonly routes: readonly RouteRecord[];
  readonly integrations: readonly IntegrationRecord[];
  readonly authorizers: readonly AuthorizerRecord[];
}

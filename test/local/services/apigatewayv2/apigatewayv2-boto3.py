"""Walks through the management of an HTTP API with boto3, and prints what came back as one JSON document."""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

client = boto3.client("apigatewayv2", config=Config(retries={"max_attempts": 1}))
result = {}


def refusal(call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        return [error.response["Error"]["Code"], error.response["Error"]["Message"]]


def known(document, *more):
    return {key: value for key, value in document.items() if key not in ("ResponseMetadata", *more)}


api = client.create_api(Name="orders", ProtocolType="HTTP", Tags={"team": "orders"}, CorsConfiguration={"AllowOrigins": ["*"]})
api_id = api["ApiId"]
result["api"] = known(api, "ApiId", "ApiEndpoint", "CreatedDate")
result["created"] = api["CreatedDate"].tzinfo is not None
result["apis"] = [found["ApiId"] == api_id for found in client.get_apis()["Items"]]
client.update_api(ApiId=api_id, Description="takes orders", Version="2")
client.delete_cors_configuration(ApiId=api_id)
result["updated"] = sorted(known(client.get_api(ApiId=api_id)))

arn = "arn:aws:lambda:us-east-1:000000000000:function:orders"
integration = client.create_integration(ApiId=api_id, IntegrationType="AWS_PROXY", IntegrationUri=arn, PayloadFormatVersion="2.0")
integration_id = integration["IntegrationId"]
result["integration"] = known(integration, "IntegrationId")
client.update_integration(ApiId=api_id, IntegrationId=integration_id, TimeoutInMillis=5000)
result["timeout"] = [found["TimeoutInMillis"] for found in client.get_integrations(ApiId=api_id)["Items"]]

authorizer = client.create_authorizer(
    ApiId=api_id,
    AuthorizerType="JWT",
    Name="tokens",
    IdentitySource=["$request.header.Authorization"],
    JwtConfiguration={"Issuer": "https://id.example", "Audience": ["orders"]},
)
authorizer_id = authorizer["AuthorizerId"]
client.update_authorizer(ApiId=api_id, AuthorizerId=authorizer_id, Name="renamed")
result["authorizer"] = known(client.get_authorizer(ApiId=api_id, AuthorizerId=authorizer_id), "AuthorizerId")
result["authorizers"] = len(client.get_authorizers(ApiId=api_id)["Items"])

target = f"integrations/{integration_id}"
routes = [client.create_route(ApiId=api_id, RouteKey=key, Target=target)["RouteId"] for key in ("GET /orders", "$default")]
client.update_route(ApiId=api_id, RouteId=routes[0], AuthorizationType="JWT", AuthorizerId=authorizer_id, AuthorizationScopes=["a"])
result["route"] = known(client.get_route(ApiId=api_id, RouteId=routes[0]), "RouteId", "Target", "AuthorizerId")
first = client.get_routes(ApiId=api_id, MaxResults="1")
second = client.get_routes(ApiId=api_id, MaxResults="1", NextToken=first["NextToken"])
result["pages"] = [len(first["Items"]), len(second["Items"]), "NextToken" in second]

stage = client.create_stage(ApiId=api_id, StageName="$default", AutoDeploy=True, StageVariables={"a": "1", "b": "2"})
result["stage"] = known(stage, "DeploymentId", "CreatedDate", "LastUpdatedDate", "LastDeploymentStatusMessage")
settings = {"GET /orders": {"ThrottlingRateLimit": 2.5}}
client.update_stage(ApiId=api_id, StageName="$default", StageVariables={"a": ""}, RouteSettings=settings)
result["settings"] = [client.get_stage(ApiId=api_id, StageName="$default")[key] for key in ("StageVariables", "RouteSettings")]
client.delete_route_settings(ApiId=api_id, StageName="$default", RouteKey="GET /orders")
client.reset_authorizers_cache(ApiId=api_id, StageName="$default")
result["stages"] = [[found["StageName"], found["RouteSettings"]] for found in client.get_stages(ApiId=api_id)["Items"]]

deployment = client.create_deployment(ApiId=api_id, Description="first")
client.update_deployment(ApiId=api_id, DeploymentId=deployment["DeploymentId"], Description="changed")
result["deployments"] = sorted([found["AutoDeployed"], found.get("Description")] for found in client.get_deployments(ApiId=api_id)["Items"])
result["deployment"] = client.get_deployment(ApiId=api_id, DeploymentId=deployment["DeploymentId"])["DeploymentStatus"]

resource = f"arn:aws:apigateway:us-east-1::/apis/{api_id}"
client.tag_resource(ResourceArn=resource, Tags={"stage": "test"})
client.untag_resource(ResourceArn=resource, TagKeys=["team"])
result["tags"] = client.get_tags(ResourceArn=resource)["Tags"]

result["refusals"] = [
    refusal(client.create_api, Name="chat", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"),
    refusal(client.create_api, Name="quick", ProtocolType="HTTP", Target=arn),
    refusal(client.create_integration, ApiId=api_id, IntegrationType="HTTP_PROXY", IntegrationUri="https://a.example", PayloadFormatVersion="1.0", IntegrationMethod="GET"),
    refusal(client.create_route, ApiId=api_id, RouteKey="GET /signed", AuthorizationType="AWS_IAM"),
    refusal(client.create_route, ApiId=api_id, RouteKey="GET /orders"),
    refusal(client.create_route, ApiId=api_id, RouteKey="FETCH /orders"),
    refusal(client.create_route, ApiId=api_id, RouteKey="GET /{proxy+}/more"),
    refusal(client.create_authorizer, ApiId=api_id, AuthorizerType="JWT", Name="plain", IdentitySource=["$request.header.a"], JwtConfiguration={"Issuer": "http://id.example", "Audience": ["a"]}),
    refusal(client.create_stage, ApiId=api_id, StageName="logged", AccessLogSettings={"DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:a", "Format": "$context.requestId $context.wafLatency"}),
    refusal(client.delete_integration, ApiId=api_id, IntegrationId=integration_id),
    refusal(client.delete_authorizer, ApiId=api_id, AuthorizerId=authorizer_id),
    refusal(client.get_api, ApiId="none"),
    refusal(client.get_vpc_links),
]

for route in routes:
    client.delete_route(ApiId=api_id, RouteId=route)
client.delete_integration(ApiId=api_id, IntegrationId=integration_id)
client.delete_authorizer(ApiId=api_id, AuthorizerId=authorizer_id)
client.delete_deployment(ApiId=api_id, DeploymentId=deployment["DeploymentId"])
client.delete_stage(ApiId=api_id, StageName="$default")
client.delete_api(ApiId=api_id)
result["left"] = client.get_apis()["Items"]

print(json.dumps(result))

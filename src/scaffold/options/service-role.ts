interface ServiceRole {
  readonly id: string;
  /** Who assumes it: `codedeploy.amazonaws.com`. */
  readonly service: string;
  readonly policy: string;
  /** Lines that begin in column 0. */
  readonly statements: string;
}

/** A role of the template for a service of AWS, which can take it for this account alone. */
export function serviceRole({id, service, policy, statements}: ServiceRole): string {
  return `${id}:
  Type: AWS::IAM::Role
  Properties:
    AssumeRolePolicyDocument:
      Version: "2012-10-17"
      Statement:
        - Effect: Allow
          Principal:
            Service: ${service}
          Action: sts:AssumeRole
          Condition:
            StringEquals:
              aws:SourceAccount: !Ref AWS::AccountId
    PermissionsBoundary: !If [HasPermissionsBoundary, !Ref PermissionsBoundaryArn, !Ref AWS::NoValue]
    Policies:
      - PolicyName: ${policy}
        PolicyDocument:
          Version: "2012-10-17"
          Statement:
${statements.trim().replaceAll(/^/gm, '            ')}`;
}
